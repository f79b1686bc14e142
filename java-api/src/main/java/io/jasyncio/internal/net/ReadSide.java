package io.jasyncio.internal.net;

import io.jasyncio.spi.ReadyItem;
import io.jasyncio.transport.BufferedProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The half of a {@link StreamTransport} that brings data (S103, S108, S109). Loop only. */
final class ReadSide {

    private final StreamTransport transport;
    private final BytePort port;
    private final ReadyItem readReady;

    /** Nothing is read before the protocol knows its connection (S108). */
    private boolean started;

    private boolean paused;
    private boolean ended;

    /** What the port was told last. */
    private boolean watching;

    ReadSide(StreamTransport transport) {
        this.transport = transport;
        this.port = transport.port;
        this.readReady = transport.events.item("readReady", transport, this::readReady);
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
            port.wantRead(wanted ? readReady : null);
        }
    }

    private void readReady() {
        if (!isWanted()) {
            return; // Paused or closed by somebody between the poll and now.
        }
        if (transport.getProtocol() instanceof BufferedProtocol buffered) {
            readInto(buffered);
        } else {
            readAndHandOn();
        }
    }

    private void readAndHandOn() {
        var buffer = transport.host.readBuffer();
        var count = read(buffer);
        if (count > 0) {
            try {
                transport.getProtocol().dataReceived(buffer.flip());
            } catch (Throwable failure) {
                transport.protocolFailed("dataReceived", failure);
            }
        }
    }

    /** Without a copy: from the system to where the protocol wants it. */
    private void readInto(BufferedProtocol protocol) {
        transport.tell("getBuffer", told -> {
            var buffer = BufferedProtocol.requireRoom(protocol.getBuffer(-1));
            var count = read(buffer);
            if (count > 0) {
                transport.tell("bufferUpdated", again -> protocol.bufferUpdated(count));
            }
        });
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
            if (!protocol.eofReceived()) {
                transport.close();
            }
        });
    }
}
