package io.jasyncio.benchmarks.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final PinnedCommand command;

    private ServerProcess(PinnedCommand command, Process process) {
        this.command = command;
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a command on a core; it may run so many seconds. */
    static ServerProcess start(List<String> command, int core, long seconds) throws IOException {
        var pinned = new PinnedCommand(command, core, seconds);
        var server = new ServerProcess(pinned, pinned.builder().start());
        // A runner that is interrupted leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
        return server;
    }

    /** Waits for the line {@code port N}. */
    int port() throws IOException {
        String line;
        while ((line = output.readLine()) != null) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring("port ".length()).trim());
            }
        }
        throw new IOException("the server ended before it told its port: " + this);
    }

    /** The next line of its output; null at the end. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Lets a server say what it likes from now on, without waiting for somebody to read it. */
    void discardOutput() {
        var reader = new Thread(() -> output.lines().forEach(line -> {}));
        reader.setDaemon(true);
        reader.start();
    }

    /** The process behind the time limit, which is the one whose processor time counts. */
    long pid() throws IOException {
        return process.children()
                .findFirst()
                .orElseThrow(() -> new IOException("the server has ended: " + this))
                .pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return command.toString();
    }
}
