package io.jasyncio.benchmarks.net;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program on a core of its own, with nothing to read from its input and a time after which it is ended, whatever happens
 * to us.
 *
 * @param words the program and its arguments
 * @param core where it runs
 * @param seconds how long it may run
 */
record PinnedCommand(List<String> words, int core, long seconds) {

    /** Not started yet; its errors go where ours go. */
    ProcessBuilder builder() {
        var command = new ArrayList<>(List.of("timeout", "-k", "1", Long.toString(seconds)));
        command.addAll(List.of("taskset", "-c", Integer.toString(core)));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Runs it to its end; what it printed. */
    String output() throws IOException, InterruptedException {
        var process = builder().start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("status " + process.exitValue() + " of " + this + ": " + said);
        }
        return said;
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
