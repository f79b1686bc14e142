package io.jasyncio.raw;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.transport.LocalPort;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What operations on bare channels do (asyncio's {@code sock_*}). */
@ExtendWith(AsyncioExtension.class)
class SocketOperationsTest {

    @Test
    void bytesGoThereAndBack() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                assertFalse(pair.far().isBlocking());
                // 1. The one who waits is woken.
                var buffer = ByteBuffer.allocate(100);
                var receiving = loop.sockRecv(pair.far(), buffer);
                assertFalse(receiving.isDone());
                await(loop.sockSendAll(pair.near(), ByteBuffer.wrap("hello".getBytes())));
                assertEquals(5, await(receiving));
                assertEquals("hello", new String(buffer.array(), 0, buffer.position()));
                // 2. What is there already needs no wait.
                pair.far().write(ByteBuffer.wrap("and back".getBytes()));
                var direct = ByteBuffer.allocateDirect(3);
                assertEquals(3, await(loop.sockRecv(pair.near(), direct)));
                assertTrue(loop.sockRecv(pair.near(), ByteBuffer.allocate(10)).isDone());
            }
        });
    }

    @Test
    void theEndIsToldAndAnEmptyBufferWaitsForNothing() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                assertEquals(0, await(loop.sockRecv(pair.near(), ByteBuffer.allocate(0))));
                await(loop.sockSendAll(pair.near(), ByteBuffer.allocate(0)));
                var receiving = loop.sockRecv(pair.near(), ByteBuffer.allocate(10));
                pair.far().close();
                assertEquals(-1, await(receiving));
            }
        });
    }

    @Test
    void everythingIsSentHoweverSlowTheOtherSideReads() throws Exception {
        var bytes = new byte[10_000_000];
        new Random(1).nextBytes(bytes);
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var data = ByteBuffer.wrap(bytes);
                var sending = loop.sockSendAll(pair.near(), data);
                assertFalse(sending.isDone());
                var received = ByteBuffer.allocate(bytes.length);
                while (received.hasRemaining()) {
                    await(loop.sockRecv(pair.far(), received));
                }
                await(sending);
                assertEquals(0, data.remaining());
                assertArrayEquals(bytes, received.array());
            }
        });
    }

    /** The JDK copies an array into a direct buffer of the same size, and keeps that for the thread (JDK-8147468). */
    @Test
    void aLargeArrayCostsNoDirectMemory() throws Exception {
        var direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var before = direct.getMemoryUsed();
                var sending = loop.sockSendAll(pair.near(), ByteBuffer.allocate(20_000_000));
                var received = ByteBuffer.allocate(20_000_000);
                while (received.hasRemaining()) {
                    await(loop.sockRecv(pair.far(), received));
                }
                await(sending);
                assertTrue(direct.getMemoryUsed() - before < 2_000_000, () -> "" + direct.getMemoryUsed());
            }
        });
    }

    @Test
    void aRefusalNamesTheAddress() throws Exception {
        Asyncio.run(() -> {
            try (var refusing = new LocalPort().refusing("127.0.0.1");
                    var channel = SocketPair.unconnected()) {
                var nobody = new InetSocketAddress("127.0.0.1", refusing.number());
                var connecting = EventLoop.current().sockConnect(channel, nobody);
                var refused = assertThrows(ConnectException.class, () -> await(connecting));
                assertTrue(refused.getMessage().contains(nobody.toString()), refused.getMessage());
            }
        });
    }

    @Test
    void unixSocketsToo(@TempDir Path folder) throws Exception {
        var address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                            .bind(address);
                    var near = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                listening.configureBlocking(false);
                near.configureBlocking(false);
                await(loop.sockConnect(near, address));
                try (var far = await(loop.sockAccept(listening))) {
                    await(loop.sockSendAll(near, ByteBuffer.wrap(new byte[3])));
                    assertEquals(3, await(loop.sockRecv(far, ByteBuffer.allocate(10))));
                }
            }
        });
    }

    @Test
    void datagramsGoThereAndBack() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var near = datagrams();
                    var far = datagrams()) {
                var buffer = ByteBuffer.allocate(100);
                var receiving = loop.sockRecvFrom(far, buffer);
                assertFalse(receiving.isDone());
                assertEquals(
                        5, await(loop.sockSendTo(near, ByteBuffer.wrap("hello".getBytes()), far.getLocalAddress())));
                assertEquals(near.getLocalAddress(), await(receiving));
                assertEquals("hello", new String(buffer.array(), 0, buffer.position()));
                assertEquals(0, await(loop.sockSendTo(far, ByteBuffer.allocate(0), near.getLocalAddress())));
                assertEquals(far.getLocalAddress(), await(loop.sockRecvFrom(near, buffer)));
                assertEquals(5, buffer.position());
            }
        });
    }

    private static DatagramChannel datagrams() throws IOException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    @Test
    void misuseIsToldAtTheCall() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var buffer = ByteBuffer.allocate(10);
            try (var blocking = SocketChannel.open();
                    var unconnected = SocketPair.unconnected()) {
                var refused = assertThrows(IllegalArgumentException.class, () -> loop.sockRecv(blocking, buffer));
                assertTrue(refused.getMessage().contains("configureBlocking(false)"), refused.getMessage());
                assertThrows(NotYetConnectedException.class, () -> loop.sockRecv(unconnected, buffer));
                var unknown = InetSocketAddress.createUnresolved("localhost", 9);
                assertThrows(IllegalArgumentException.class, () -> loop.sockConnect(unconnected, unknown));
            }
        });
    }

    @Test
    void aClosedChannelFails() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var pair = SocketPair.open();
            pair.close();
            assertThrows(
                    ClosedChannelException.class, () -> await(loop.sockRecv(pair.near(), ByteBuffer.allocate(10))));
            assertThrows(
                    ClosedChannelException.class, () -> await(loop.sockSendAll(pair.near(), ByteBuffer.allocate(10))));
        });
    }

    @Test
    void aConnectionThatBreaksFailsTheOneWhoWaits() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var sending = loop.sockSendAll(pair.near(), ByteBuffer.allocate(SmallBuffers.FAR_MORE));
                assertFalse(sending.isDone());
                // Closed with bytes unread: a reset.
                pair.far().close();
                assertThrows(IOException.class, () -> await(sending));
            }
        });
    }

    /** Nothing is left on the selector, so that the channel is as free as it was. */
    @Test
    void afterwardsTheChannelCanBlockAgain() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var pair = SocketPair.open()) {
                var receiving = loop.sockRecv(pair.near(), ByteBuffer.allocate(10));
                pair.far().write(ByteBuffer.allocate(1));
                await(receiving);
                pair.near().configureBlocking(true);
                pair.far().write(ByteBuffer.wrap(new byte[] {7}));
                var buffer = ByteBuffer.allocate(1);
                assertEquals(1, pair.near().read(buffer));
                assertEquals("[7]", Arrays.toString(buffer.array()));
            }
        });
    }
}
