package io.jasyncio.benchmarks.memory;

import io.jasyncio.benchmarks.harness.CommandLine;
import io.jasyncio.benchmarks.harness.Jvm;
import io.jasyncio.benchmarks.harness.Python;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a million sleeping tasks take: the bytes that each keeps alive, and the smallest heap in which all fall asleep, found
 * by trying. {@code benchmarks/run memory} starts it.
 */
public final class SleeperMemory {

    private static final String USAGE = """
            usage: benchmarks/run memory [--crowds launch,task,stage,direct,run-blocking] [--count n]
                                         [--jvm-flags "-XX:+UseSerialGC ..."] [--live-only]
            """;

    private static final int STEP_MEGABYTES = 10;
    private static final int ROOMY_MEGABYTES = 4096;

    /** A heap in which the collector never ends is too small. */
    private static final int PATIENCE_SECONDS = 60;

    private List<Crowd> crowds = List.of(Crowd.values());
    private int count = 1_000_000;
    private List<String> jvmFlags = List.of();
    private boolean liveOnly;

    private SleeperMemory() {}

    /** See the usage. */
    public static void main(String[] args) throws Exception {
        CommandLine.parseOrExit(args, USAGE, () -> parse(args)).measure();
    }

    private static SleeperMemory parse(String[] args) {
        var memory = new SleeperMemory();
        CommandLine.read(args, Set.of("--live-only"), memory::take);
        return memory;
    }

    private void take(String name, String value) {
        switch (name) {
            case "--live-only" -> liveOnly = true;
            case "--crowds" ->
                crowds = CommandLine.list(value, ",").stream().map(Crowd::named).toList();
            case "--count" -> count = CommandLine.wholeNumber(name, value, 1);
            case "--jvm-flags" -> jvmFlags = CommandLine.list(value, " ");
            default -> throw new IllegalArgumentException("unknown argument: " + name);
        }
    }

    private void measure() throws IOException {
        System.out.println("JDK " + Runtime.version() + " " + String.join(" ", jvmFlags) + "; " + count + " sleepers.");
        System.out.println();
        System.out.println("| sleepers | live bytes for each | smallest heap, MB |");
        System.out.println("|---|---:|---:|");
        for (var crowd : crowds) {
            var live = run(crowd, ROOMY_MEGABYTES);
            if (live.isEmpty()) {
                throw new IOException(crowd + " did not fall asleep in " + ROOMY_MEGABYTES + " MB");
            }
            var heap = liveOnly ? "-" : Integer.toString(smallestHeap(crowd, live.getAsLong()));
            System.out.println("| " + crowd.title() + " | " + live.getAsLong() + " | " + heap + " |");
        }
        var python = Python.plain();
        if (python.isThere()) {
            measurePython(python.script("asyncio_sleepers.py", Integer.toString(count)));
        }
    }

    /** A heap that is smaller than the live set cannot do, and the roomy one does: the border lies between. */
    private int smallestHeap(Crowd crowd, long liveBytes) throws IOException {
        var tooSmall = (int) (liveBytes * count / 1_000_000 / 2 / STEP_MEGABYTES);
        var enough = ROOMY_MEGABYTES / STEP_MEGABYTES;
        while (enough - tooSmall > 1) {
            // Nearer to the lower end, where the border is likely.
            var tried = tooSmall + Math.max(1, Math.min((enough - tooSmall) / 2, tooSmall / 2));
            if (run(crowd, tried * STEP_MEGABYTES).isPresent()) {
                enough = tried;
            } else {
                tooSmall = tried;
            }
        }
        return enough * STEP_MEGABYTES;
    }

    private OptionalLong run(Crowd crowd, int megabytes) throws IOException {
        var flags = new ArrayList<>(jvmFlags);
        flags.add("-Xmx" + megabytes + "m");
        var command = Jvm.command(flags, SleeperChild.class, crowd.name(), Integer.toString(count));
        return numberPrintedBy(command, ProcessBuilder.Redirect.DISCARD);
    }

    private void measurePython(List<String> command) {
        try {
            numberPrintedBy(command, ProcessBuilder.Redirect.INHERIT)
                    .ifPresent(bytes -> System.out.println(
                            "| CPython asyncio, resident | " + bytes + " | " + bytes * count / 1_000_000 + " |"));
        } catch (IOException notStarted) {
            System.err.println("CPython could not be started: " + notStarted.getMessage());
        }
    }

    private static OptionalLong numberPrintedBy(List<String> command, ProcessBuilder.Redirect errors)
            throws IOException {
        var process = new ProcessBuilder(command).redirectError(errors).start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return OptionalLong.empty();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return process.exitValue() == 0 && !said.isEmpty()
                ? OptionalLong.of(Long.parseLong(
                        said.lines().reduce((first, last) -> last).orElse(said)))
                : OptionalLong.empty();
    }
}
