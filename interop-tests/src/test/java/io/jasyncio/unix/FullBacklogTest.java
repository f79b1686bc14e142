package io.jasyncio.unix;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.runtime.transport.UnixEndpoints;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried again: a connect that a full backlog has refused, in whatever language the machine says so (J15). */
class FullBacklogTest {

    @TempDir
    Path folder;

    private Path path;
    private ServerSocketChannel server;

    @BeforeEach
    void open() throws IOException {
        path = folder.resolve("socket");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        Files.delete(path);
    }

    private static boolean isFull(SocketException failure, Path path) {
        return UnixEndpoints.Companion.isBacklogFull(failure, path);
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        assertTrue(isFull(new SocketException("Resource temporarily unavailable"), path));
        assertTrue(isFull(new SocketException("Die Ressource ist zur Zeit nicht verfügbar"), path));
    }

    @Test
    void whereNoSocketIsThereIsNoBacklog() throws IOException {
        var missing = new SocketException("No such file or directory");
        assertFalse(isFull(missing, folder.resolve("missing")));
        assertFalse(isFull(missing, folder));
        var file = Files.createFile(folder.resolve("file"));
        assertFalse(isFull(missing, file));
        assertFalse(isFull(missing, file.resolve("below")));
    }

    @Test
    void otherFailuresAreNotTriedAgain() {
        assertFalse(isFull(new ConnectException("Connection refused"), path));
        assertFalse(isFull(new BindException("Permission denied"), path));
        assertFalse(isFull(new SocketException("Protocol wrong type for socket"), path));
    }
}
