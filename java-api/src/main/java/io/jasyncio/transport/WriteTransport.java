package io.jasyncio.transport;

import java.nio.ByteBuffer;

/**
 * A transport that takes data (asyncio's {@code WriteTransport}). Writing never waits: what cannot be sent at once is kept
 * in a buffer, and the protocol is asked to pause when there is too much of it.
 */
public interface WriteTransport extends BaseTransport {

    /**
     * Sends bytes, at once as far as that is possible and nothing else is queued (S105). The array may be changed as soon
     * as this returns: what must wait has been copied.
     *
     * <p>After the connection was lost, the bytes are dropped, from the fifth time on with a warning.
     *
     * @throws IllegalStateException after {@link #writeEof}
     */
    default void write(byte[] data) {
        write(ByteBuffer.wrap(data));
    }

    /**
     * The same for the bytes between position and limit. The buffer comes back with nothing remaining, and may be used
     * again as soon as this returns: what must wait has been copied.
     *
     * @throws IllegalStateException after {@link #writeEof}
     */
    void write(ByteBuffer data);

    /**
     * Sends several chunks one after the other, together where that is possible. Adds no line ends.
     *
     * @throws IllegalStateException after {@link #writeEof}
     */
    void writelines(Iterable<byte[]> chunks);

    /**
     * Ends this direction of the connection once the buffer is sent; the other one goes on (S106). Idempotent.
     *
     * @throws UnsupportedOperationException if {@link #canWriteEof} says no
     */
    void writeEof();

    /** Whether this direction can be ended on its own. */
    boolean canWriteEof();

    /** Ends the connection at once and drops what is in the buffer. The protocol is told {@code connectionLost(null)}. */
    void abort();

    /** How many bytes wait to be sent. */
    int getWriteBufferSize();

    /** When the protocol is asked to pause, and to go on. */
    WriteBufferLimits getWriteBufferLimits();

    /** Changes when the protocol is asked to pause; it may be asked in this very call (S103). */
    void setWriteBufferLimits(WriteBufferLimits limits);
}
