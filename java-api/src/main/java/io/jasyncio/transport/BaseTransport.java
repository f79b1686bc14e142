package io.jasyncio.transport;

import org.jspecify.annotations.Nullable;

/**
 * What all transports can do (asyncio's {@code BaseTransport}). Made by a loop; not for applications to implement.
 *
 * <p>Thread rule: the loop's. Calls from a foreign thread are refused with an {@link IllegalStateException}, but for
 * {@link #isClosing} and {@link #getExtraInfo}, which only look.
 */
public interface BaseTransport {

    /** A fact about the connection; null if this transport does not know it. It stays known after the end. */
    <T> @Nullable T getExtraInfo(ExtraInfo<T> key);

    /**
     * Ends the connection in good order: reads no more, sends what is in the buffer, then tells the protocol with
     * {@code connectionLost(null)} (S107). Idempotent.
     */
    void close();

    /** Whether the connection has ended or is about to. */
    boolean isClosing();

    /** Whom the transport tells what happens. */
    BaseProtocol getProtocol();

    /**
     * From now on tells another protocol. The new one is not told {@code connectionMade}.
     *
     * @throws IllegalArgumentException if the protocol is not of the kind that this transport needs
     * @throws IllegalStateException while a file is sent that the system cannot send alone
     */
    void setProtocol(BaseProtocol protocol);
}
