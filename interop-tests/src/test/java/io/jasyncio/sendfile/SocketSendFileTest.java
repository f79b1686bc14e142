package io.jasyncio.sendfile;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.SmallBuffers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files that are sent over bare sockets (asyncio's {@code sock_sendfile}). */
@ExtendWith(AsyncioExtension.class)
class SocketSendFileTest {

    private static final int SIZE = 8_000_000;

    private final byte[] bytes = new byte[SIZE];
    private FileChannel file;
    private SocketChannel near;
    private SocketChannel far;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        new Random(1).nextBytes(bytes);
        file = FileChannel.open(Files.write(folder.resolve("file"), bytes));
        try (var listening = SmallBuffers.of(ServerSocketChannel.open())) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            near = SmallBuffers.of(SocketChannel.open());
            near.connect(listening.getLocalAddress());
            far = listening.accept();
        }
        near.configureBlocking(false);
        far.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        near.close();
        far.close();
    }

    private LoopFuture<Long> send(long position, long count) {
        return EventLoop.current().sockSendFile(near, file, position, count);
    }

    private byte[] receive(int count) throws Exception {
        var buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && await(EventLoop.current().sockRecv(far, buffer)) >= 0) {}
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Test
    void aFileIsSentHoweverSlowTheOtherSideReads() throws Exception {
        Asyncio.run(() -> {
            var sending = send(0, -1);
            assertFalse(sending.isDone());
            assertArrayEquals(bytes, receive(SIZE));
            assertEquals(SIZE, await(sending));
        });
    }

    @Test
    void aPartIsSentAndThePositionStays() throws Exception {
        file.position(100);
        Asyncio.run(() -> {
            assertEquals(10, await(send(0, 10)));
            assertEquals(10, await(send(SIZE - 10, 1000)));
            assertEquals(0, await(send(SIZE, -1)));
            var expected = ByteBuffer.allocate(20).put(bytes, 0, 10).put(bytes, SIZE - 10, 10);
            assertArrayEquals(expected.array(), receive(20));
        });
        assertEquals(100, file.position());
    }

    @Test
    void cancellationLeavesTheSocketUsable() throws Exception {
        Asyncio.run(() -> {
            var sending = send(0, -1);
            assertThrows(IllegalStateException.class, () -> send(0, 10));
            sending.cancel(true);
            var end = EventLoop.current().sockSendAll(near, ByteBuffer.wrap("the end".getBytes()));
            end.addDoneCallback(done -> shutdown());
            var all = receive(SIZE);
            await(end);
            var sent = all.length - 7;
            assertTrue(sent > 0 && sent < SIZE);
            assertArrayEquals(Arrays.copyOf(bytes, sent), Arrays.copyOf(all, sent));
            assertEquals("the end", new String(all, sent, 7));
        });
        assertTrue(file.isOpen());
    }

    private void shutdown() {
        try {
            near.shutdownOutput();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aFileThatIsClosedFailsIt() throws Exception {
        Asyncio.run(() -> {
            var sending = send(0, -1);
            file.close();
            while (!sending.isDone()) {
                far.read(ByteBuffer.allocate(1_000_000));
                await(Asyncio.sleep(Duration.ZERO));
            }
            assertThrows(ClosedChannelException.class, () -> await(sending));
            assertTrue(near.isOpen());
        });
    }

    /** See the same test of transports. */
    @Test
    void anInterruptOfTheLoopsThreadDoesNotCloseTheFile() throws Exception {
        Asyncio.run(() -> {
            var begun = EventLoop.current().<LoopFuture<Long>>createFuture();
            EventLoop.current().callSoon(() -> {
                Thread.currentThread().interrupt();
                begun.complete(send(0, 1000));
            });
            assertEquals(1000, await(await(begun)));
        });
        assertTrue(file.isOpen());
    }
}
