package io.jasyncio.internal.net;

import java.nio.ByteBuffer;

/**
 * A protocol that keeps what has come, and therefore may keep the very buffer into which it was read. Other transports hand it its bytes
 * by {@code dataReceived}. Loop only.
 */
public interface BufferTaker {

    /**
     * Where to read into: behind what the protocol has already, or {@link BufferPool#top}.
     *
     * @param pool where buffers come from and go to
     */
    ByteBuffer roomToRead(BufferPool pool);

    /**
     * Bytes have come.
     *
     * @param room what {@link #roomToRead} has returned, with its position moved
     * @param count how many bytes, at least one
     */
    void filled(ByteBuffer room, int count);
}
