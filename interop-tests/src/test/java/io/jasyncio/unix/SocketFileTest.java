package io.jasyncio.unix;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.unix.UnixEcho.serve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.FullBacklog;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whose the file of a Unix server is, and who removes it (S116). */
@ExtendWith(AsyncioExtension.class)
class SocketFileTest {

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("socket");
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** What a server leaves that was ended by force. */
    private void leaveStaleFile() throws IOException {
        try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(exists(path));
    }

    // ---- Before ----------------------------------------------------------------------------------------------------

    @Test
    void aFileThatNobodyListensOnIsReplaced() throws Exception {
        leaveStaleFile();
        Asyncio.run(() -> {
            try (var server = serve(path)) {
                assertEquals("hello", UnixEcho.ask(path, "hello"));
            }
        });
    }

    /** CPython takes the file away from a server that runs, which nobody can reach any more (cpython #121252). */
    @Test
    void theFileOfAServerThatRunsIsLeftToIt() throws Exception {
        Asyncio.run(() -> {
            try (var first = serve(path)) {
                var refused = assertThrows(BindException.class, () -> serve(path));
                assertTrue(refused.getMessage().contains(path.toString()), refused.getMessage());
                assertEquals("hello", UnixEcho.ask(path, "hello"));
            }
            assertFalse(exists(path));
        });
    }

    /** Its backlog being full, it does not answer to knocking, but nobody else can have a backlog. */
    @Test
    void aServerThatIsBusyIsNotTakenForDead() throws Exception {
        try (var full = FullBacklog.at(UnixDomainSocketAddress.of(path))) {
            Asyncio.run(() -> {
                assertThrows(BindException.class, () -> serve(path));
                return null;
            });
            assertTrue(exists(path));
        }
    }

    @Test
    void aFileThatIsNoSocketIsNeverRemoved() throws Exception {
        Files.writeString(path, "precious");
        var link = folder.resolve("link");
        var folderInPlace = Files.createDirectory(folder.resolve("folder"));
        Files.createSymbolicLink(link, folder.resolve("nowhere"));
        Asyncio.run(() -> {
            for (var taken : List.of(path, link, folderInPlace)) {
                assertThrows(BindException.class, () -> serve(taken), taken::toString);
                assertTrue(exists(taken), taken::toString);
            }
        });
        assertEquals("precious", Files.readString(path));
    }

    @Test
    void aLinkToAStaleSocketIsNeitherFollowedNorRemoved() throws Exception {
        leaveStaleFile();
        var link = Files.createSymbolicLink(folder.resolve("link"), path);
        Asyncio.run(() -> {
            assertThrows(BindException.class, () -> serve(link));
            return null;
        });
        assertTrue(exists(link));
        assertTrue(exists(path));
    }

    // ---- Afterwards ------------------------------------------------------------------------------------------------

    @Test
    void closingAServerRemovesItsFile() throws Exception {
        Asyncio.run(() -> {
            var server = serve(path);
            assertTrue(exists(path));
            server.close();
            assertFalse(exists(path));
        });
    }

    @Test
    void theFileStaysWhereThatIsWanted() throws Exception {
        Asyncio.run(() -> {
            serve(path, ServerOptions.DEFAULT.withSocketFileCleanup(false)).close();
            assertTrue(exists(path));
        });
    }

    /** The system gives the number of the removed file to the new one at once: only asking for the number would not do. */
    @Test
    void aFileThatSomebodyElseHasPutInItsPlaceIsLeftAlone() throws Exception {
        Asyncio.run(() -> {
            var first = serve(path);
            Files.delete(path);
            try (var second = serve(path)) {
                first.close();
                assertEquals("hello", UnixEcho.ask(path, "hello"));
            }
            assertFalse(exists(path));
        });
    }

    @Test
    void aFileThatHasGoneIsNotMissed() throws Exception {
        Asyncio.run(() -> {
            var server = serve(path);
            Files.delete(path);
            server.close();
        });
    }

    @Test
    void aServerIsNamedAfterThePathItWasGivenAlsoWhenItsFileIsRenamed() throws Exception {
        var elsewhere = folder.resolve("elsewhere");
        Asyncio.run(() -> {
            try (var server = serve(path)) {
                Files.move(path, elsewhere);
                assertEquals(List.of(UnixDomainSocketAddress.of(path)), server.addresses());
                assertEquals("hello", UnixEcho.ask(elsewhere, "hello"));
            }
        });
        assertTrue(exists(elsewhere));
    }

    /** netty #14114 removed it with the first connection that was accepted. */
    @Test
    void theEndOfAConnectionLeavesTheFileAlone() throws Exception {
        Asyncio.run(() -> {
            try (var server = serve(path)) {
                for (var round = 1; round <= 3; round++) {
                    assertEquals("hello", UnixEcho.ask(path, "hello"));
                    server.abortClients();
                    assertTrue(exists(path));
                }
            }
        });
    }

    /** cpython #133354: whoever opened the channel may want to open it again. */
    @Test
    void theFileOfAGivenChannelIsLeftAlone() throws Exception {
        Asyncio.run(() -> {
            var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
            var loop = EventLoop.current();
            var server = await(loop.createServer(() -> new Protocol() {}, channel, ServerOptions.DEFAULT));
            server.close();
            assertTrue(exists(path));
            assertFalse(channel.isOpen());
        });
    }

    @Test
    void aServerThatNobodyClosedLosesItsFileWithTheLoop() throws Exception {
        Asyncio.run(() -> serve(path));
        assertFalse(exists(path));
    }

    @Test
    void aServerThatCannotBindLeavesNothingOpen() throws Exception {
        Asyncio.run(() -> {
            var nowhere = folder.resolve("missing").resolve("socket");
            var failure = assertThrows(IOException.class, () -> serve(nowhere));
            assertTrue(failure.getMessage().contains(nowhere.toString()), failure.getMessage());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Streams.startUnixServer((reader, writer) -> {}, UnixEcho.tooLong(folder)));
        });
    }
}
