package io.jasyncio.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a contender's process is started: in the JVM that runs this, or in the CPython that is found.
 *
 * @param jvmFlags what the children get besides this JVM's class path
 * @param python the interpreter; empty if there is none
 * @param pythonVersion what it calls itself
 */
public record Commands(List<String> jvmFlags, String python, String pythonVersion) {

    /** Opens the fast carrier of direct style on JDK 24 and newer. */
    private static final List<String> OPEN = List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED");

    private static final Path SCRIPTS = Path.of(System.getProperty("jasyncio.benchmarks.python", "src/main/python"));

    /** Looks for the interpreter: the environment's JASYNCIO_PYTHON, else python3.13, else python3. */
    public static Commands find(List<String> jvmFlags) {
        var given = System.getenv("JASYNCIO_PYTHON");
        var candidates = given == null || given.isBlank() ? List.of("python3.13", "python3") : List.of(given);
        for (var candidate : candidates) {
            var version = versionOf(candidate);
            if (!version.isEmpty() && Files.isDirectory(SCRIPTS)) {
                return new Commands(jvmFlags, candidate, version);
            }
        }
        return new Commands(jvmFlags, "", "");
    }

    /** Asks the program itself: a version manager's stand-in may be on the path and run nothing. Empty if it fails. */
    private static String versionOf(String program) {
        try {
            var process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said.trim() : "";
        } catch (IOException notThere) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** The command for a contender; empty if it cannot be had here. */
    Optional<List<String>> of(Row row, String contender) {
        return contender.equals(Row.PYTHON)
                ? python("asyncio_child.py", row.python())
                : Optional.of(java(Child.class, row.name(), contender));
    }

    /** The command for a program in a JVM like this one. */
    public List<String> java(Class<?> program, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPEN);
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command for one of our scripts; empty if there is no CPython. */
    public Optional<List<String>> python(String script, String argument) {
        return python.isEmpty()
                ? Optional.empty()
                : Optional.of(List.of(python, SCRIPTS.resolve(script).toString(), argument));
    }
}
