package io.jasyncio.raw;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.SmallBuffers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Two bare sockets that are connected to each other on the loopback interface, neither of which blocks or holds much. */
record SocketPair(SocketChannel near, SocketChannel far) implements AutoCloseable {

    static ServerSocketChannel listen() throws IOException {
        var listening = SmallBuffers.of(ServerSocketChannel.open());
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listening.configureBlocking(false);
        return listening;
    }

    static SocketChannel unconnected() throws IOException {
        var channel = SmallBuffers.of(SocketChannel.open());
        channel.configureBlocking(false);
        return channel;
    }

    static SocketPair open() throws Exception {
        var loop = EventLoop.current();
        try (var listening = listen()) {
            var near = unconnected();
            var accepting = loop.sockAccept(listening);
            await(loop.sockConnect(near, listening.getLocalAddress()));
            return new SocketPair(near, await(accepting));
        }
    }

    /** Reads what has come. */
    int drain() throws IOException {
        var read = 0;
        var count = 0;
        do {
            count = far.read(ByteBuffer.allocate(1_000_000));
            read += Math.max(count, 0);
        } while (count > 0);
        return read;
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
