package io.jasyncio.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The program of a child JVM: one contender of one row, alone in its process, so that no other scenario has shaped the
 * compiler's profile. Obeys lines on standard input and answers each with one line:
 *
 * <ul>
 *   <li>{@code warm MILLIS SAMPLE_MILLIS}: runs that long, then chooses how many operations a sample takes. Answers {@code
 *       ready OPERATIONS};
 *   <li>{@code sample}: measures once. Answers with {@link Sample#encode()}.
 * </ul>
 *
 * <p>Ends with the end of its input. {@code asyncio_child.py} is the same for CPython.
 */
public final class Child {

    private final Scenario scenario;
    private long operations = 1;

    private Child(Scenario scenario) {
        this.scenario = scenario;
    }

    /** Arguments: the name of the row and the name of the contender. */
    public static void main(String[] args) throws Exception {
        new Child(Rows.named(args[0]).scenario(args[1])).obey();
    }

    private void obey() throws Exception {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            var words = line.split(" ");
            switch (words[0]) {
                case "warm" -> {
                    warmUp(Long.parseLong(words[1]), Long.parseLong(words[2]));
                    System.out.println("ready " + operations);
                }
                case "sample" -> {
                    // Not the garbage of the sample before.
                    System.gc();
                    System.out.println(measure().encode());
                }
                default -> throw new IOException("unknown command: " + line);
            }
        }
    }

    /** Doubles the number of operations until a run takes as long as a sample shall, and goes on for the rest of the time. */
    private void warmUp(long millis, long sampleMillis) throws Exception {
        var end = System.nanoTime() + millis * 1_000_000;
        var wanted = sampleMillis * 1_000_000;
        Sample sample;
        do {
            sample = measure();
            if (sample.nanos() < wanted) {
                var factor = (double) wanted / Math.max(sample.nanos(), 1);
                operations = (long) Math.ceil(sample.operations() * Math.min(factor, 2));
            }
        } while (System.nanoTime() - end < 0 || sample.nanos() < wanted / 2);
    }

    private Sample measure() throws Exception {
        var watch = new Stopwatch();
        scenario.run(operations, watch);
        return watch.sample();
    }
}
