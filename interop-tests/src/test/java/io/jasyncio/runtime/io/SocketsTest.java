package io.jasyncio.runtime.io;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.transport.LocalPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code addReader} and {@code addWriter} on sockets: accepting, connecting, both directions of one channel. */
@ExtendWith(AsyncioExtension.class)
class SocketsTest {

    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    private static LoopFuture<Boolean> readable(SelectableChannel channel) {
        var loop = EventLoop.current();
        var ready = loop.<Boolean>createFuture();
        loop.addReader(channel, () -> {
            loop.removeReader(channel);
            ready.complete(true);
        });
        return ready;
    }

    private static LoopFuture<Boolean> writable(SelectableChannel channel) {
        var loop = EventLoop.current();
        var ready = loop.<Boolean>createFuture();
        loop.addWriter(channel, () -> {
            loop.removeWriter(channel);
            ready.complete(true);
        });
        return ready;
    }

    private SocketChannel startConnecting() throws IOException {
        var client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(server.getLocalAddress());
        return client;
    }

    @Test
    void aWriterWaitsForTheConnectionAndAReaderForAClient() throws Exception {
        VirtualTime.run(() -> {
            try (var client = startConnecting()) {
                await(writable(client));
                assertTrue(client.finishConnect());
                await(readable(server));
                try (var accepted = server.accept()) {
                    assertNotNull(accepted);
                }
            }
        });
    }

    /** J4: OP_CONNECT is over with the connection; the same writer then waits for room. */
    @Test
    void aConnectedChannelIsWatchedForWriting() throws Exception {
        VirtualTime.run(() -> {
            try (var client = startConnecting()) {
                await(writable(client));
                client.finishConnect();
                await(writable(client));
                await(readable(server));
                server.accept().close();
            }
        });
    }

    /** A refused connection is ready too: finishConnect says why. */
    @Test
    void aRefusedConnectionCallsTheWriter() throws Exception {
        try (var refusing = new LocalPort().refusing("127.0.0.1")) {
            VirtualTime.run(() -> {
                try (var client = SocketChannel.open()) {
                    client.configureBlocking(false);
                    try {
                        client.connect(new InetSocketAddress("127.0.0.1", refusing.number()));
                        await(writable(client));
                        client.finishConnect();
                        throw new AssertionError("nobody listens there");
                    } catch (IOException refused) {
                        assertFalse(client.isConnected());
                    }
                }
            });
        }
    }

    /** One channel, one key, two callbacks that come and go without each other. */
    @Test
    void readerAndWriterOfOneChannelAreIndependent(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            try (var client = startConnecting()) {
                await(writable(client));
                client.finishConnect();
                await(readable(server));
                try (var peer = server.accept()) {
                    loop.addReader(client, steps::unreached);
                    await(writable(client));
                    steps.expect(1);
                    var read = readable(client);
                    peer.write(ByteBuffer.allocate(1));
                    await(read);
                    await(writable(client));
                    steps.finish(2);
                }
            }
        });
    }

    /** What one side writes the other reads, in both directions, on one loop. */
    @Test
    void anEchoOverOneLoop() throws Exception {
        VirtualTime.run(() -> {
            try (var client = startConnecting()) {
                await(writable(client));
                client.finishConnect();
                await(readable(server));
                try (var peer = server.accept()) {
                    peer.configureBlocking(false);
                    for (var i = 0; i < 100; i++) {
                        client.write(ByteBuffer.wrap(new byte[] {(byte) i}));
                        await(readable(peer));
                        var buffer = ByteBuffer.allocate(10);
                        assertEquals(1, peer.read(buffer));
                        peer.write(buffer.flip());
                        await(readable(client));
                        buffer.clear();
                        assertEquals(1, client.read(buffer));
                        assertEquals(i, buffer.get(0));
                    }
                }
            }
        });
    }
}
