package io.jasyncio.kit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program in a process of its own, on the JVM of the tests and their class path. What it prints is read as text. */
public final class ChildJvm {

    /** Far longer than any of them takes on a slow machine that does other things. */
    private static final long LIMIT_SECONDS = 100;

    /** Where these variables are set, each JVM tells so on standard error, which nobody here expects. */
    private static final Set<String> ADDITIONAL_OPTIONS =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final List<String> options = new ArrayList<>();
    private final List<String> program;
    private List<String> shell = List.of();

    private ChildJvm(List<String> program) {
        this.program = program;
    }

    /** A class with a main method. */
    public static ChildJvm of(Class<?> main, String... arguments) {
        return of(main.getName(), arguments).classPath(ClassPath.entries());
    }

    /** The name of a class with a main method, and what it is given; without a class path yet. */
    public static ChildJvm of(String main, String... arguments) {
        var program = new ArrayList<>(List.of(main));
        program.addAll(List.of(arguments));
        return new ChildJvm(program);
    }

    /** Replaces the class path. */
    public ChildJvm classPath(List<Path> entries) {
        return path("--class-path", entries);
    }

    /** Adds a module path. */
    public ChildJvm modulePath(List<Path> entries) {
        return path("--module-path", entries);
    }

    private ChildJvm path(String option, List<Path> entries) {
        options.add(option);
        options.add(entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        return this;
    }

    /** Adds options of the JVM. */
    public ChildJvm option(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Says what a shell does before it becomes the JVM, such as {@code ulimit}. */
    public ChildJvm after(String shellCommand) {
        shell = List.of("sh", "-c", shellCommand + " && exec \"$@\"", "sh");
        return this;
    }

    /** Starts it and leaves it running; standard error goes with standard output. One that hangs is ended by force. */
    public Process start() throws IOException {
        var command = new ArrayList<>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Several processes may start at once; none of them is big.
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
        // A carrier that was asked for by name says nothing of itself on standard error.
        command.add("-Dio.jasyncio.carrier=platform-handoff");
        command.addAll(options);
        command.addAll(program);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(ADDITIONAL_OPTIONS);
        var process = builder.start();
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        return process;
    }

    /** Runs it to its end. */
    public Output run() throws IOException, InterruptedException {
        var process = start();
        process.getOutputStream().close();
        var text = process.inputReader().lines().collect(Collectors.joining("\n"));
        return new Output(text, process.waitFor());
    }

    /** Reads lines up to the one that is wanted; fails if the program ends before. */
    public static void awaitLine(BufferedReader output, String wanted) throws IOException {
        var seen = new ArrayList<String>();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            seen.add(line);
            if (line.equals(wanted)) {
                return;
            }
        }
        throw new AssertionError("the program ended without printing '" + wanted + "': " + seen);
    }

    /**
     * What a process left.
     *
     * @param text what it printed, on standard output and standard error
     * @param exitCode how it ended
     */
    public record Output(String text, int exitCode) {}
}
