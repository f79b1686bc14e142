package io.jasyncio.kit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that accepts nobody, with as many clients before its door as the system lets wait there: one more hears nothing
 * over TCP, and is sent away over a Unix domain socket.
 *
 * <p>Blocks while it is filled.
 */
public final class FullBacklog implements AutoCloseable {

    /**
     * Only time tells that the system does not answer. On the loopback interface it does so within microseconds if there is
     * room, and a machine that is so busy that this is too short would make the backlog look full too early.
     */
    private static final long SILENCE_MILLIS = 500;

    private static final int MOST = 100;

    private final ServerSocketChannel server;
    private final boolean isUnix;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private FullBacklog(SocketAddress address) throws IOException {
        isUnix = address instanceof UnixDomainSocketAddress;
        server = isUnix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        server.bind(address, 1);
    }

    /** Listens at an address, and fills the backlog. */
    public static FullBacklog at(SocketAddress address) throws IOException {
        var full = new FullBacklog(address);
        while (full.knock()) {
            if (full.waiting.size() > MOST) {
                throw new AssertionError("the backlog is never full here");
            }
        }
        return full;
    }

    private boolean knock() throws IOException {
        var client = isUnix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        waiting.add(client);
        client.configureBlocking(false);
        try {
            return client.connect(server.getLocalAddress()) || hasAnswer(client) && client.finishConnect();
        } catch (SocketException sentAway) {
            if (!isUnix) {
                throw sentAway;
            }
            return false;
        }
    }

    private static boolean hasAnswer(SocketChannel client) throws IOException {
        try (var selector = Selector.open()) {
            client.register(selector, SelectionKey.OP_CONNECT);
            return selector.select(SILENCE_MILLIS) > 0;
        }
    }

    /** The port, over TCP. */
    public int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Makes room for one. */
    public void acceptOne() throws IOException {
        server.accept().close();
    }

    /** Accepts all that waited from the beginning, then one more. One of them was let in before by {@link #acceptOne}. */
    public SocketChannel acceptNewcomer() throws IOException {
        for (var i = 1; i < waiting.size() - 1; i++) {
            acceptOne();
        }
        return server.accept();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var client : waiting) {
            client.close();
        }
    }
}
