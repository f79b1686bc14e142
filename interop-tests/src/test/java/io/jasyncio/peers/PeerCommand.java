package io.jasyncio.peers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How to start a {@link Peer}. Standard input is empty unless it is said otherwise. */
public final class PeerCommand {

    /** Long enough for a slow machine that does other things; a peer that hangs costs its test this long. */
    static final Duration LIMIT = Duration.ofSeconds(100);

    private final String name;
    private final List<String> command = new ArrayList<>();
    private byte[] input = {};
    private boolean interactive;
    private Duration limit = LIMIT;

    PeerCommand(String name, List<String> program, Object... arguments) {
        this.name = name;
        command.addAll(program);
        for (var argument : arguments) {
            command.add(argument.toString());
        }
    }

    /** A file of the folder {@code peers} of the test resources. */
    public static Path resource(String name) {
        try {
            var found = PeerCommand.class.getResource("/peers/" + name);
            return Path.of(Objects.requireNonNull(found, name).toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** All of standard input. */
    public PeerCommand input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same in bytes. */
    public PeerCommand input(byte[] bytes) {
        input = bytes.clone();
        return this;
    }

    /** Standard input stays open: {@link Peer#type} and {@link Peer#endInput}. */
    public PeerCommand interactive() {
        interactive = true;
        return this;
    }

    /** When the process is ended by force; a hundred seconds if nothing is said. */
    public PeerCommand timeLimit(Duration limit) {
        this.limit = limit;
        return this;
    }

    /** Starts it. */
    public Peer start() throws IOException {
        var process = new ProcessBuilder(command).start();
        var peer = new Peer(name, process, limit.toMillis());
        if (!interactive) {
            feed(process.getOutputStream());
        }
        return peer;
    }

    /** Runs it to its good end, and blocks: not for a task of a loop. */
    public Peer.Ending run() throws IOException {
        try (var peer = start()) {
            return peer.success().join();
        }
    }

    /** More than a pipe takes at once is written while the program reads, so in a thread of its own. */
    private void feed(OutputStream stdin) {
        var bytes = input;
        var thread = new Thread(
                () -> {
                    try (stdin) {
                        stdin.write(bytes);
                    } catch (IOException ended) {
                        // The program did not want all of it.
                    }
                },
                "peer-input");
        thread.setDaemon(true);
        thread.start();
    }
}
