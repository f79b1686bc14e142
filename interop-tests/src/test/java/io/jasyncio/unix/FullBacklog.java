package io.jasyncio.unix;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that accepts nobody, with as many clients before its door as the system lets wait there. */
final class FullBacklog implements AutoCloseable {

    private final ServerSocketChannel server;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private FullBacklog(ServerSocketChannel server) {
        this.server = server;
    }

    static FullBacklog at(Path path) throws IOException {
        var address = UnixDomainSocketAddress.of(path);
        var full = new FullBacklog(
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address, 1));
        while (full.knock(address)) {}
        return full;
    }

    private boolean knock(UnixDomainSocketAddress address) throws IOException {
        var client = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(client);
        client.configureBlocking(false);
        try {
            return client.connect(address);
        } catch (SocketException refused) {
            return false;
        }
    }

    /** Makes room for one. */
    void acceptOne() throws IOException {
        server.accept().close();
    }

    /** Accepts all that waited from the beginning, then one more. */
    SocketChannel acceptNewcomer() throws IOException {
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
