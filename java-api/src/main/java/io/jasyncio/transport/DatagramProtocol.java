package io.jasyncio.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * What datagrams are handed to (asyncio's {@code DatagramProtocol}). What {@link #datagramReceived} or {@link #errorReceived} throws is
 * reported to the loop's exception handler, and the transport goes on: one datagram that somebody has forged is no reason to stop
 * serving all others.
 */
public interface DatagramProtocol extends BaseProtocol {

    /**
     * The socket is open. Nothing is received before this has returned.
     *
     * @param transport to be kept for sending
     */
    default void connectionMade(DatagramTransport transport) {}

    /**
     * A datagram has come, whole. It may be empty.
     *
     * @param data the bytes between position and limit. The buffer is the loop's own and holds other data as soon as this
     *     method returns: take what is needed now
     * @param sender where it comes from
     */
    default void datagramReceived(ByteBuffer data, SocketAddress sender) {}

    /**
     * Sending or receiving a datagram has failed, for instance because nobody listens there
     * ({@link java.net.PortUnreachableException}). The transport goes on.
     */
    default void errorReceived(IOException exception) {}
}
