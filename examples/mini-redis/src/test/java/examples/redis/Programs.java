package examples.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs that nobody here wrote. A test that needs one is skipped where it is not installed, and fails there if the
 * variable JASYNCIO_PEERS is "required". Every program has a time limit and nothing to read but what it is given.
 */
final class Programs {

    private static final long LIMIT_SECONDS = 120;

    private Programs() {}

    /** Skips the test, or fails, if a program is not there. */
    static String need(String name) {
        var found = find(name);
        if (found.isEmpty() && "required".equals(System.getenv("JASYNCIO_PEERS"))) {
            fail(name + " is not installed, and JASYNCIO_PEERS says that it must be");
        }
        assumeTrue(found.isPresent(), name + " is not installed");
        return found.get().toString();
    }

    private static Optional<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program to its end, without input. */
    static Output run(String... command) throws Exception {
        return run(new File("/dev/null"), command);
    }

    /** Runs a program to its end. */
    static Output run(File input, String... command) throws Exception {
        return end(new ProcessBuilder(command)
                .redirectInput(input)
                .redirectErrorStream(true)
                .start());
    }

    /** Waits for the end of a process, and kills it if that takes too long. */
    static Output end(Process process) throws Exception {
        try (var out = process.getInputStream()) {
            var text = CompletableFuture.supplyAsync(() -> {
                try {
                    return new String(out.readAllBytes(), ISO_8859_1);
                } catch (IOException failure) {
                    return failure.toString();
                }
            });
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail("it does not end: " + process.info().commandLine().orElse("?"));
            }
            return new Output(text.get(LIMIT_SECONDS, TimeUnit.SECONDS), process.exitValue());
        }
    }

    /**
     * What a program left.
     *
     * @param text what it printed, errors too
     * @param exitCode how it ended
     */
    record Output(String text, int exitCode) {

        /** The lines; a carriage return is the end of one, too. */
        List<String> lines() {
            return Arrays.asList(text.strip().split("[\\r\\n]+"));
        }
    }

    // ---- redis-server ----------------------------------------------------------------------------------------------

    /** A Redis server of its own makers. */
    record RealRedis(Process process, int port) implements AutoCloseable {

        /**
         * Starts one. Debian's redis-tools have it, as redis-check-rdb: the program looks at the name by which it is called.
         */
        static RealRedis start() throws Exception {
            var folder = Files.createDirectories(Path.of("target", "peers").toAbsolutePath());
            var program = find("redis-server").orElse(folder.resolve("redis-server"));
            if (!Files.exists(program)) {
                Files.deleteIfExists(program); // it may point to where there was one once
                Files.createSymbolicLink(program, Path.of(need("redis-check-rdb")));
            }
            var port = freePort();
            var process = new ProcessBuilder(
                            program.toString(),
                            "--port",
                            "" + port,
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis-server.log").toFile())
                    .start();
            var redis = new RealRedis(process, port);
            while (process.isAlive()) {
                try (var wire = new Wire(port)) {
                    wire.say("PING");
                    return redis;
                } catch (IOException notYet) {
                    process.waitFor(20, TimeUnit.MILLISECONDS);
                }
            }
            throw new AssertionError("redis-server: " + Files.readString(folder.resolve("redis-server.log")));
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
