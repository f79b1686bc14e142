package io.jasyncio.internal.net;

import io.jasyncio.Context;
import io.jasyncio.Task;
import io.jasyncio.spi.ReadyItem;
import io.jasyncio.transport.BufferedProtocol;
import io.jasyncio.transport.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The half of a {@link StreamTransport} that brings data (S103, S108, S109). Loop only. */
final class ReadSide implements ReadyItem {

    private final StreamTransport transport;
    private final BytePort port;

    /** Nothing is read before the protocol knows its connection (S108). */
    private boolean started;

    private boolean paused;
    private boolean ended;

    /** What the port was told last. */
    private boolean watching;

    ReadSide(StreamTransport transport) {
        this.transport = transport;
        this.port = transport.port;
    }

    void start() {
        started = port.isReadable();
        update();
    }

    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean paused) {
        this.paused = paused;
        update();
    }

    private boolean isWanted() {
        return started && !paused && !ended && !transport.isClosing();
    }

    /** After the end of its stream a channel would be reported as readable for ever (J4). */
    void update() {
        var wanted = isWanted();
        if (wanted != watching) {
            watching = wanted;
            port.wantRead(wanted ? this : null);
        }
    }

    /** There is something to read. This is its own entry of the ready queue, since it is the most frequent one. */
    @Override
    public void run() {
        if (!isWanted()) {
            return; // Paused or closed by somebody between the poll and now.
        }
        var protocol = transport.getProtocol();
        if (protocol instanceof BufferTaker taker) {
            readFor(taker);
        } else if (protocol instanceof BufferedProtocol buffered) {
            readInto(buffered);
        } else {
            readAndHandOn(protocol);
        }
    }

    private void readAndHandOn(Protocol protocol) {
        try {
            var buffer = transport.host.buffers().top();
            if (read(buffer) > 0) {
                protocol.dataReceived(buffer.flip());
            }
        } catch (Throwable failure) {
            // Also without memory for a buffer: the port would be reported as readable for ever.
            transport.protocolFailed("dataReceived", failure);
        }
    }

    /** With a copy at most: what is worth it stays where it was read. */
    private void readFor(BufferTaker taker) {
        try {
            var room = taker.roomToRead(transport.host.buffers());
            var count = read(room);
            if (count > 0) {
                taker.filled(room, count);
            }
        } catch (Throwable failure) {
            transport.protocolFailed("dataReceived", failure);
        }
    }

    /** Without a copy: from the system to where the protocol wants it. */
    private void readInto(BufferedProtocol protocol) {
        var method = "getBuffer";
        try {
            var count = read(BufferedProtocol.requireRoom(protocol.getBuffer(-1)));
            if (count > 0) {
                method = "bufferUpdated";
                protocol.bufferUpdated(count);
            }
        } catch (Throwable failure) {
            transport.protocolFailed(method, failure);
        }
    }

    private int read(ByteBuffer buffer) {
        try {
            var count = port.read(buffer);
            if (count < 0) {
                endReached();
            }
            return count;
        } catch (IOException failure) {
            transport.fail("Fatal read error on " + port.kind() + " transport", failure);
            return 0;
        }
    }

    private void endReached() {
        ended = true;
        update();
        transport.tell("eofReceived", protocol -> {
            // Of a pipe that can only be read, nothing is left after its end.
            if (!protocol.eofReceived() || !port.isWritable()) {
                transport.close();
            }
        });
    }

    @Override
    public @Nullable Task<?> task() {
        return null;
    }

    @Override
    public Context getContext() {
        return transport.events.context();
    }

    @Override
    public String toString() {
        return "callback readReady of " + transport;
    }
}
