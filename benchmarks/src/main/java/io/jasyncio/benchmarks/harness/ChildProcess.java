package io.jasyncio.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contender's process, as the parent sees it. It does nothing but when it is asked, and one is asked at a time. */
final class ChildProcess implements AutoCloseable {

    private final List<String> command;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    ChildProcess(List<String> command) throws IOException {
        this.command = command;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    void warmUp(long millis, long sampleMillis) throws IOException {
        var answer = ask("warm " + millis + " " + sampleMillis);
        if (!answer.startsWith("ready ")) {
            throw new IOException("'ready' was expected of " + command + ", not: " + answer);
        }
    }

    Sample sample() throws IOException {
        return Sample.decode(ask("sample"));
    }

    private String ask(String line) throws IOException {
        commands.println(line);
        var answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the contender has ended: " + String.join(" ", command));
        }
        return answer;
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
