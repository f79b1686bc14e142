package io.jasyncio.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.MembershipKey;
import org.jspecify.annotations.Nullable;

/** A socket for datagrams (asyncio's {@code DatagramTransport}). Sending never waits; datagrams may get lost on the way. */
public interface DatagramTransport extends BaseTransport {

    /** What a datagram that waits counts for besides its bytes, so that empty ones cannot fill the memory. */
    int DATAGRAM_OVERHEAD = 8;

    /**
     * Sends one datagram, at once if possible; else a copy waits. What goes wrong is told to
     * {@link DatagramProtocol#errorReceived}.
     *
     * @param data the bytes between position and limit, which may be none, except from a connected endpoint: Java cannot send an empty
     *     datagram there. The buffer comes back with nothing remaining
     * @param target where to; null for the remote address of a connected endpoint, from which no other address can be reached
     * @throws IllegalArgumentException without a target if the endpoint is not connected, or with another one if it is
     */
    void sendTo(ByteBuffer data, @Nullable SocketAddress target);

    /** The same with an array, which may be changed as soon as this returns. */
    default void sendTo(byte[] data, @Nullable SocketAddress target) {
        sendTo(ByteBuffer.wrap(data), target);
    }

    /**
     * Receives what is sent to a multicast group, too.
     *
     * @return {@link MembershipKey#drop()} leaves the group
     * @throws IOException if the network does not let it join
     */
    MembershipKey joinGroup(InetAddress group, NetworkInterface network) throws IOException;

    /** Closes at once and drops what waits. The protocol is told {@code connectionLost(null)}. */
    void abort();

    /** How many bytes wait to be sent, with {@link #DATAGRAM_OVERHEAD} for each datagram. */
    int getWriteBufferSize();

    /** When the protocol is asked to pause, and to go on. */
    WriteBufferLimits getWriteBufferLimits();

    /** Changes when the protocol is asked to pause; it may be asked in this very call (S103). */
    void setWriteBufferLimits(WriteBufferLimits limits);
}
