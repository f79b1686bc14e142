package io.jasyncio.unix;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.FullBacklog;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections over Unix domain sockets (S116). */
@ExtendWith(AsyncioExtension.class)
class UnixConnectionTest {

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("socket");
    }

    // ---- What works as over TCP ------------------------------------------------------------------------------------

    @Test
    void bothSidesReadAndWriteAndKnowWhereTheyAre() throws Exception {
        Asyncio.run(() -> {
            var address = UnixDomainSocketAddress.of(path);
            try (var server = await(Streams.startUnixServer(
                    (reader, writer) -> {
                        try (writer) {
                            assertEquals(address, writer.getExtraInfo(ExtraInfo.LOCAL_ADDRESS));
                            // A client has no name.
                            assertEquals(UnixDomainSocketAddress.of(""), writer.peerAddress());
                            writer.write(await(reader.readLineAsync()) + ", world\n");
                        }
                    },
                    path))) {
                assertEquals(List.of(address), server.addresses());
                assertThrows(IllegalStateException.class, server::port);
                try (var client = await(Streams.openUnixConnection(path))) {
                    assertEquals(address, client.writer().peerAddress());
                    client.writer().write("hello\n");
                    assertEquals("hello, world", await(client.reader().readLineAsync()));
                    assertEquals(null, await(client.reader().readLineAsync()));
                }
            }
        });
    }

    @Test
    void aMillionBytesComeBackInOneHalfCloseEach() throws Exception {
        var bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        Asyncio.run(() -> {
            try (var server = UnixEcho.serve(path);
                    var client = await(Streams.openUnixConnection(path))) {
                client.writer().write(bytes);
                client.writer().writeEof();
                assertArrayEquals(bytes, await(client.reader().readAsync()));
            }
        });
    }

    @Test
    void aServerInStageStyle() throws Exception {
        Asyncio.run(() -> {
            try (var server = await(Streams.startStageUnixServer(
                    (reader, writer) -> reader.readLineAsync().thenAccept(line -> {
                        writer.write(line + "!\n");
                        writer.close();
                    }),
                    path,
                    ServerOptions.DEFAULT,
                    StreamReader.DEFAULT_LIMIT_BYTES))) {
                assertEquals("hello!\n", UnixEcho.ask(path, "hello\n"));
            }
        });
    }

    @Test
    void aConnectedChannelIsTakenOnEitherSide() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listening.bind(UnixDomainSocketAddress.of(path));
                var near = SocketChannel.open(UnixDomainSocketAddress.of(path));
                var far = listening.accept();
                var written = new ByteArrayOutputStream();
                var serving = await(loop.connectAcceptedChannel(() -> collector(written), far, null));
                try (var client = await(Streams.openConnection(near, ConnectOptions.DEFAULT, 1000))) {
                    client.writer().write("hello");
                    await(client.writer().closeAsync());
                    assertFalse(near.isOpen());
                }
                while (written.size() < 5) {
                    await(Asyncio.sleep(Duration.ZERO));
                }
                serving.transport().abort();
            }
        });
    }

    private static Protocol collector(ByteArrayOutputStream into) {
        return new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                while (data.hasRemaining()) {
                    into.write(data.get());
                }
            }
        };
    }

    @Test
    void socketOptionsAreSetOrRefused() throws Exception {
        Asyncio.run(() -> {
            try (var server = UnixEcho.serve(path)) {
                var bigger = ConnectOptions.DEFAULT.withOption(StandardSocketOptions.SO_SNDBUF, 300_000);
                await(Streams.openUnixConnection(path, bigger, 1000)).close();
                var none = ConnectOptions.DEFAULT.withOption(StandardSocketOptions.TCP_NODELAY, true);
                assertThrows(IllegalArgumentException.class, () -> await(Streams.openUnixConnection(path, none, 1000)));
            }
        });
    }

    // ---- What goes wrong -------------------------------------------------------------------------------------------

    @Test
    void aFailureNamesThePath() throws Exception {
        Asyncio.run(() -> {
            var missing = assertThrows(IOException.class, () -> await(Streams.openUnixConnection(path)));
            assertTrue(missing.getMessage().contains(path.toString()), missing.getMessage());
            try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                left.bind(UnixDomainSocketAddress.of(path));
            }
            var refused = assertThrows(ConnectException.class, () -> await(Streams.openUnixConnection(path)));
            assertTrue(refused.getMessage().contains(path.toString()), refused.getMessage());
        });
    }

    @Test
    void aPathThatCannotNameASocketIsRefusedAtTheCall() throws Exception {
        var archive = folder.resolve("a.zip");
        new ZipOutputStream(Files.newOutputStream(archive)).close();
        Asyncio.run(() -> {
            var tooLong = UnixEcho.tooLong(folder);
            var refused = assertThrows(IllegalArgumentException.class, () -> Streams.openUnixConnection(tooLong));
            assertTrue(refused.getMessage().contains(tooLong.toString()), refused.getMessage());
            try (var files = FileSystems.newFileSystem(archive)) {
                assertThrows(IllegalArgumentException.class, () -> Streams.openUnixConnection(files.getPath("socket")));
            }
        });
    }

    /** The longest path that the system takes is not refused beforehand. */
    @Test
    void aPathMayBeAsLongAsTheSystemAllows() throws Exception {
        var room = 106 - folder.toString().length() - 1;
        var longest = folder.resolve("x".repeat(room));
        Asyncio.run(() -> {
            try (var server = UnixEcho.serve(longest)) {
                assertEquals("hello", UnixEcho.ask(longest, "hello"));
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Streams.openUnixConnection(folder.resolve("x".repeat(room + 1))));
        });
    }

    @Test
    void aFactoryThatFailsClosesTheConnection() throws Exception {
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(path));
            Asyncio.run(() -> {
                var failed = EventLoop.current()
                        .createUnixConnection(
                                () -> {
                                    throw new IllegalStateException("no protocol");
                                },
                                path,
                                ConnectOptions.DEFAULT);
                assertThrows(IllegalStateException.class, () -> await(failed));
                return null;
            });
            assertEquals(-1, listening.accept().read(ByteBuffer.allocate(1)));
        }
    }

    // ---- A server that is busy -------------------------------------------------------------------------------------

    /** The system knows no pending connect here: it says at once that there is no room, and never that there is some again. */
    @Test
    void aClientWaitsUntilTheBacklogHasRoom() throws Exception {
        try (var full = FullBacklog.at(UnixDomainSocketAddress.of(path))) {
            VirtualTime.run(() -> {
                var loop = EventLoop.current();
                var connecting = Streams.openUnixConnection(path);
                loop.callLater(Duration.ofSeconds(3), () -> {
                    try {
                        full.acceptOne();
                    } catch (IOException failure) {
                        throw new AssertionError(failure);
                    }
                });
                try (var client = await(connecting)) {
                    assertTrue(VirtualTime.elapsed().compareTo(Duration.ofSeconds(3)) >= 0);
                    assertTrue(VirtualTime.elapsed().compareTo(Duration.ofMillis(3050)) <= 0);
                    try (var newcomer = full.acceptNewcomer()) {
                        client.writer().write("hello");
                        assertEquals(5, newcomer.read(ByteBuffer.allocate(10)));
                    }
                }
            });
        }
    }

    /** After some two hundred attempts, none of which has left its descriptor behind. */
    @Test
    void aClientThatWaitsForABusyServerCanGiveUp() throws Exception {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (var full = FullBacklog.at(UnixDomainSocketAddress.of(path))) {
            VirtualTime.run(() -> {
                var before = system.getOpenFileDescriptorCount();
                assertThrows(
                        TimeoutException.class,
                        () -> await(Asyncio.waitFor(Streams.openUnixConnection(path), Duration.ofSeconds(10))));
                assertEquals(Duration.ofSeconds(10), VirtualTime.elapsed());
                assertTrue(system.getOpenFileDescriptorCount() < before + 100);
            });
        }
    }

    @Test
    void aServerThatGoesAwayEndsTheWait() throws Exception {
        var full = FullBacklog.at(UnixDomainSocketAddress.of(path));
        VirtualTime.run(() -> {
            var connecting = Streams.openUnixConnection(path);
            EventLoop.current().callLater(Duration.ofSeconds(1), () -> {
                try {
                    full.close();
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
            });
            assertThrows(ConnectException.class, () -> await(connecting));
        });
    }
}
