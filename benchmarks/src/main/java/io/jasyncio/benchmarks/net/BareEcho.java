package io.jasyncio.benchmarks.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.IntConsumer;

/**
 * What the others are measured by: a selector, a buffer, and nothing around them. A read is answered by a write at once;
 * what the socket does not take waits in a buffer of its own, and until that is sent the connection is not read.
 */
final class BareEcho implements EchoServer {

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);

    @Override
    public void serve(IntConsumer listening) throws IOException {
        try (var selector = Selector.open();
                var listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(HOST, 0), BACKLOG);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            listening.accept(listener.socket().getLocalPort());
            while (true) {
                selector.select(this::ready);
            }
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.channel() instanceof ServerSocketChannel listener) {
                accept(listener, key.selector());
            } else if (key.attachment() instanceof ByteBuffer rest) {
                finishWrite(key, rest);
            } else {
                echo(key);
            }
        } catch (IOException broken) {
            close(key);
        }
    }

    private static void accept(ServerSocketChannel listener, Selector selector) throws IOException {
        SocketChannel client;
        while ((client = listener.accept()) != null) {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.register(selector, SelectionKey.OP_READ);
        }
    }

    private void echo(SelectionKey key) throws IOException {
        var client = (SocketChannel) key.channel();
        buffer.clear();
        if (client.read(buffer) < 0) {
            close(key);
            return;
        }
        client.write(buffer.flip());
        if (buffer.hasRemaining()) {
            key.attach(ByteBuffer.allocate(buffer.remaining()).put(buffer).flip());
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    private static void finishWrite(SelectionKey key, ByteBuffer rest) throws IOException {
        ((SocketChannel) key.channel()).write(rest);
        if (!rest.hasRemaining()) {
            key.attach(null);
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private static void close(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException nothingMoreToDo) {
            System.err.println("closing: " + nothingMoreToDo);
        }
    }
}
