package io.jasyncio.benchmarks.net;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that talks Redis' protocol, ready for connections.
 *
 * @param name in the table
 * @param process the server
 * @param port where it listens
 * @param pid whose processor time counts
 */
record RedisServer(String name, ServerProcess process, int port, long pid) implements AutoCloseable {

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Starts a command in which {@code %p} stands for the port. */
    static RedisServer start(String name, List<String> command, NetArguments arguments) throws IOException {
        var port = freePort();
        var words = command.stream()
                .map(word -> word.replace("%p", Integer.toString(port)))
                .toList();
        var process = ServerProcess.start(words, arguments.serverCore(), arguments.limitSeconds());
        awaitListening(process, port);
        process.discardOutput();
        return new RedisServer(name, process, port, process.pid());
    }

    /**
     * The command of the real one. Debian's redis-server is a link to redis-check-rdb, which looks at the name it is called
     * by; the package with the tools has that alone, and then the link is made here.
     */
    static Optional<List<String>> real(Path folderForLink) throws IOException {
        var program = onPath("redis-server");
        if (program.isEmpty() && onPath("redis-check-rdb").isPresent()) {
            Files.createDirectories(folderForLink);
            var link = folderForLink.resolve("redis-server");
            Files.deleteIfExists(link);
            program = Optional.of(
                    Files.createSymbolicLink(link, onPath("redis-check-rdb").get()));
        }
        return program.map(found ->
                List.of(found.toString(), "--port", "%p", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
    }

    static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The processor time of the process so far, in the system's ticks of some milliseconds. */
    long cpuNanos() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow()
                .toNanos();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(ServerProcess process, int port) throws IOException {
        var deadline = System.nanoTime() + START_NANOS;
        var failures = new ArrayList<String>();
        while (process.isAlive() && System.nanoTime() - deadline < 0) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException notYet) {
                failures.add(notYet.getMessage());
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        throw new IOException("does not listen: " + process + "; " + failures.size() + " attempts failed");
    }

    @Override
    public void close() {
        process.close();
    }
}
