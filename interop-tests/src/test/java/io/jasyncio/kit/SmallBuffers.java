package io.jasyncio.kit;

import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/**
 * Sockets that hold little. Left alone, the system decides how much that is, and lets the buffers of a busy connection grow to
 * many megabytes; what "the other side does not read" means for the writer would be another matter on each machine.
 */
public final class SmallBuffers {

    /** Far more than two such sockets hold, with all that the system adds of its own: so much cannot go out unread. */
    public static final int FAR_MORE = 2_000_000;

    private static final int BYTES = 50_000;

    private static final SocketOption<Integer> SENDS = StandardSocketOptions.SO_SNDBUF;
    private static final SocketOption<Integer> RECEIVES = StandardSocketOptions.SO_RCVBUF;

    private SmallBuffers() {}

    /** Options of a client, with such a socket. */
    public static ConnectOptions of(ConnectOptions options) {
        return options.withOption(SENDS, BYTES).withOption(RECEIVES, BYTES);
    }

    /** Options of a server, with such sockets for its connections. */
    public static ServerOptions of(ServerOptions options) {
        return options.withOption(SENDS, BYTES).withOption(RECEIVES, BYTES);
    }

    /** A socket of the test's own, before it is connected; one that listens hands it on to what it accepts. */
    public static <C extends NetworkChannel> C of(C channel) throws IOException {
        if (channel.supportedOptions().contains(SENDS)) {
            channel.setOption(SENDS, BYTES);
        }
        channel.setOption(RECEIVES, BYTES);
        return channel;
    }
}
