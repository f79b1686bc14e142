package io.jasyncio.internal.net.tls;

import io.jasyncio.internal.net.Bytes;
import io.jasyncio.transport.BufferedProtocol;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Hands on what was decrypted, for as long as the protocol above wants it. Loop only. */
final class TlsReading {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TlsTransport transport;
    private final TlsLink link;
    private boolean paused;

    /** The protocol is being handed data, and whoever does that goes on with it afterwards. */
    private boolean delivering;

    /** Data that comes before all that the machine has. */
    private @Nullable ByteBuffer rest;

    TlsReading(TlsTransport transport, TlsLink link) {
        this.transport = transport;
        this.link = link;
    }

    boolean isOn() {
        return link.isOpen() && !paused;
    }

    void pause() {
        paused = true;
        link.machine.pause();
    }

    void resume() {
        var wasPaused = paused;
        paused = false;
        if (wasPaused && !delivering) {
            var waiting = rest == null ? NOTHING : rest;
            rest = null;
            deliver(waiting);
        }
    }

    /** What a protocol with buffers of its own does not want, since it has paused in the middle, waits for it. */
    void deliver(ByteBuffer data) {
        delivering = true;
        while (data.hasRemaining() && isOn()) {
            if (transport.getProtocol() instanceof BufferedProtocol buffered) {
                transport.tell("getBuffer", unused -> fill(buffered, data));
            } else {
                transport.tell("dataReceived", it -> it.dataReceived(data));
                data.position(data.limit());
            }
        }
        delivering = false;
        if (data.hasRemaining() && link.isOpen()) {
            rest = ByteBuffer.allocate(data.remaining()).put(data).flip();
        } else if (!paused) {
            link.machine.resume();
        }
    }

    private void fill(BufferedProtocol buffered, ByteBuffer data) {
        var count = Bytes.move(data, BufferedProtocol.requireRoom(buffered.getBuffer(data.remaining())));
        transport.tell("bufferUpdated", unused -> buffered.bufferUpdated(count));
    }
}
