package io.jasyncio.transport;

import java.nio.ByteBuffer;

/**
 * A protocol that says where the bytes shall go (asyncio's {@code BufferedProtocol}): for those that have memory of their own and
 * want to save a copy.
 */
public interface BufferedProtocol extends Protocol {

    /**
     * Where the next bytes shall be put: from the position to the limit of a buffer, which belongs to the transport until
     * {@link #bufferUpdated}. Without room for a single byte the connection fails.
     *
     * @param sizeHint how many bytes would be good to have room for; negative if that is not known
     */
    ByteBuffer getBuffer(int sizeHint);

    /**
     * Bytes were put into the buffer of the last {@link #getBuffer}, whose position has moved by as many.
     *
     * @param bytes at least one
     */
    void bufferUpdated(int bytes);

    /**
     * For transports that have the bytes already: copies them by way of {@link #getBuffer}.
     *
     * @throws IllegalStateException if a buffer has no room
     */
    @Override
    default void dataReceived(ByteBuffer data) {
        while (data.hasRemaining()) {
            var buffer = requireRoom(getBuffer(data.remaining()));
            var count = Math.min(buffer.remaining(), data.remaining());
            buffer.put(buffer.position(), data, data.position(), count);
            buffer.position(buffer.position() + count);
            data.position(data.position() + count);
            bufferUpdated(count);
        }
    }

    /**
     * For transports: the buffer, if it has room.
     *
     * @throws IllegalStateException otherwise
     */
    static ByteBuffer requireRoom(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            throw new IllegalStateException("getBuffer() returned an empty buffer");
        }
        return buffer;
    }
}
