package io.jasyncio.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.kit.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that the project did not write, in a process of its own, at the other end of a connection: CPython, nc, curl,
 * openssl. It cannot outlive its test: closing it ends it by force, and so does its time limit.
 *
 * <pre>{@code
 * try (var peer = Peer.of("nc", "-N", "127.0.0.1", port).input("hello\n").start()) {
 *     assertEquals("HELLO\n", await(peer.success()).text());
 * }
 * }</pre>
 *
 * <p>A program that is missing skips the test, or fails it if the environment variable {@code JASYNCIO_PEERS} is {@code
 * required}. Any thread; what waits is a future, so that a task can await it while the loop serves the peer.
 */
public final class Peer implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Capture output;
    private final Capture errors;
    private final CompletableFuture<Ending> ended;
    private volatile boolean tookTooLong;

    Peer(String name, Process process, long limitMillis) {
        this.name = name;
        this.process = process;
        output = Capture.of(process.getInputStream(), "peer-output");
        errors = Capture.of(process.getErrorStream(), "peer-errors");
        ended = process.onExit()
                .thenCombine(output.all(), (exited, bytes) -> bytes)
                .thenCombine(errors.all(), (bytes, unused) -> new Ending(process.exitValue(), bytes, errors.soFar()));
        var limit = CompletableFuture.delayedExecutor(limitMillis, TimeUnit.MILLISECONDS);
        limit.execute(() -> {
            if (process.isAlive()) {
                tookTooLong = true;
                kill();
            }
        });
    }

    /** A program by its name, which is looked up in the path. */
    public static PeerCommand of(String program, Object... arguments) {
        return new PeerCommand(program, List.of(Programs.require(program).toString()), arguments);
    }

    /** A script of the folder {@code peers} of the test resources, run by CPython 3.11 or newer. */
    public static PeerCommand python(String script, Object... arguments) {
        // Unbuffered, since a test waits for lines; and without files of byte code beside the script.
        var command = List.of(
                Programs.requirePython().toString(),
                "-u",
                "-B",
                PeerCommand.resource(script).toString());
        return new PeerCommand(script, command, arguments);
    }

    /** A program of our own in another JVM. */
    public static Peer of(ChildJvm child) throws IOException {
        return new Peer("the other JVM", child.start(), PeerCommand.LIMIT.toMillis());
    }

    /** Ends with the first line of standard output that begins so; fails if the program ends without it. */
    public CompletableFuture<String> line(String start) {
        return lineOf(output, start);
    }

    /** The same for standard error. */
    public CompletableFuture<String> errorLine(String start) {
        return lineOf(errors, start);
    }

    private CompletableFuture<String> lineOf(Capture capture, String start) {
        return capture.line(start).thenApply(line -> {
            if (line == null) {
                throw new AssertionError(name + " ended without a line '" + start + "...': " + soFar());
            }
            return line;
        });
    }

    /** Ends with the program; fails only if the time limit ended it. */
    public CompletableFuture<Ending> ended() {
        return ended.thenApply(ending -> {
            if (tookTooLong) {
                throw new AssertionError(name + " did not end in time: " + soFar());
            }
            return ending;
        });
    }

    /** Ends with the program, which must come to a good end. */
    public CompletableFuture<Ending> success() {
        return ended().thenApply(ending -> {
            assertEquals(0, ending.exitCode(), () -> name + " failed: " + soFar());
            return ending;
        });
    }

    /** What was printed until now. */
    public String soFar() {
        return "[standard output]\n" + output.soFar() + "\n[standard error]\n" + errors.soFar();
    }

    /** Types a little; for a program that was started as {@link PeerCommand#interactive}. */
    public void type(String text) {
        try {
            var input = process.getOutputStream();
            input.write(text.getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " does not read: " + soFar(), failure);
        }
    }

    /** Standard input ends here. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The number of the process. */
    public long pid() {
        return process.pid();
    }

    private void kill() {
        // What a shell has started would keep the pipes open. The shell goes first: it could take the end of that for a
        // good one.
        var started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the program by force, if it has not ended. */
    @Override
    public void close() {
        kill();
        ended.join();
    }

    /**
     * How a program ended.
     *
     * @param exitCode 0 for a good end
     * @param output what it printed on standard output
     * @param errors the same of standard error
     */
    public record Ending(int exitCode, byte[] output, String errors) {

        /** The output as text. */
        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }
}
