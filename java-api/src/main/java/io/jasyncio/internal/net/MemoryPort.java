package io.jasyncio.internal.net;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.ExtraInfo;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection within the process: what one end writes the other one reads, by way of a buffer of limited size. It behaves
 * as a socket does, with two differences: the selector knows nothing of it, so that time can be virtual, and nothing is ever lost. Loop only.
 */
public final class MemoryPort implements BytePort {

    private final LoopRuntime loop;
    private final String name;

    /** What has come and was not read; the limit is the end of it. */
    private final ByteBuffer incoming;

    private MemoryPort peer;
    private boolean ended;
    private boolean reset;
    private boolean released;
    private @Nullable Runnable readReady;
    private @Nullable Runnable writeReady;

    /** On the ready queue already, and not answered by a read. */
    private boolean readQueued;

    private boolean writeQueued;

    private MemoryPort(LoopRuntime loop, String name, int capacity) {
        this.loop = loop;
        this.name = name;
        this.incoming = ByteBuffer.allocate(capacity).limit(0);
        this.peer = this;
    }

    /**
     * Makes both ends.
     *
     * @param capacityBytes how much each end takes that was not read
     * @return this end; {@link #peer()} is the other one
     */
    public static MemoryPort pair(LoopRuntime loop, int capacityBytes) {
        var one = new MemoryPort(loop, "one end", capacityBytes);
        var other = new MemoryPort(loop, "other end", capacityBytes);
        one.peer = other;
        other.peer = one;
        return one;
    }

    /** The other end. */
    public MemoryPort peer() {
        return peer;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        readQueued = false;
        if (reset) {
            throw new SocketException("Connection reset by peer");
        }
        var count = Bytes.move(incoming, into);
        if (count == 0 && ended) {
            return -1;
        }
        if (count > 0) {
            peer.offerWrite();
        }
        offerRead();
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        writeQueued = false;
        if (peer.released) {
            throw new SocketException("Broken pipe");
        }
        var count = peer.take(from);
        offerWrite();
        return count;
    }

    private int take(ByteBuffer from) {
        incoming.compact();
        var count = Bytes.move(from, incoming);
        incoming.flip();
        offerRead();
        return count;
    }

    @Override
    public void wantRead(@Nullable Runnable ready) {
        readReady = ready;
        readQueued = false;
        offerRead();
    }

    @Override
    public void wantWrite(@Nullable Runnable ready) {
        writeReady = ready;
        writeQueued = false;
        offerWrite();
    }

    private void offerRead() {
        if (readReady != null && !readQueued && (incoming.hasRemaining() || ended || reset)) {
            readQueued = true;
            loop.schedule(readReady);
        }
    }

    private void offerWrite() {
        if (writeReady != null
                && !writeQueued
                && (peer.incoming.remaining() < peer.incoming.capacity() || peer.released)) {
            writeQueued = true;
            loop.schedule(writeReady);
        }
    }

    @Override
    public boolean canShutdownOutput() {
        return true;
    }

    @Override
    public void shutdownOutput() {
        peer.ended = true;
        peer.offerRead();
    }

    @Override
    public <T> @Nullable T extra(ExtraInfo<T> key) {
        return null;
    }

    @Override
    public String kind() {
        return "memory";
    }

    /** As with TCP, an end that leaves bytes unread has the other side's stream break instead of end. */
    @Override
    public void release() {
        if (!released) {
            released = true;
            readReady = null;
            writeReady = null;
            peer.reset = incoming.hasRemaining();
            peer.ended = true;
            incoming.position(incoming.limit());
            peer.offerRead();
            peer.offerWrite();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
