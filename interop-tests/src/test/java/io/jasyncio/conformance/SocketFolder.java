package io.jasyncio.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the socket file of one Unix server, for as long as a scenario runs. */
final class SocketFolder implements AutoCloseable {

    private final Path folder;

    SocketFolder() {
        try {
            folder = Files.createTempDirectory("conformance");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The socket file. */
    Path path() {
        return folder.resolve("s");
    }

    /** Leaves a file behind, as a server does that ended badly. */
    void leaveDeadFile() {
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path());
            Files.delete(folder);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
