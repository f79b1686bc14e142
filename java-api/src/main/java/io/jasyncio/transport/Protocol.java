package io.jasyncio.transport;

import java.nio.ByteBuffer;

/** What a stream of bytes is handed to (asyncio's {@code Protocol}). */
public interface Protocol extends BaseProtocol {

    /**
     * The connection stands. Nothing is read before this has returned, so this is the place to pause reading.
     *
     * @param transport to be kept for the answers
     */
    default void connectionMade(Transport transport) {}

    /**
     * Bytes have come, in chunks of any size.
     *
     * @param data the bytes between position and limit. The buffer is the loop's own and holds other data as soon as this
     *     method returns: take what is needed now. What is left in it is dropped
     */
    default void dataReceived(ByteBuffer data) {}

    /**
     * The other side sends no more.
     *
     * @return true to keep the connection open for writing; false to close it (S109)
     */
    default boolean eofReceived() {
        return false;
    }
}
