package io.jasyncio.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A CPython that can do what is asked of it, and our scripts for it.
 *
 * @param program the interpreter; empty if there is none
 * @param version what it is, for the heading of a table
 * @param whyNot what is missing if there is none
 */
public record Python(String program, String version, String whyNot) {

    private static final Path SCRIPTS = Path.of(System.getProperty("jasyncio.benchmarks.python", "src/main/python"));
    private static final String VERSION = "import sys; print('CPython', sys.version.split()[0], end=' ')";

    /** The environment's JASYNCIO_PYTHON, else python3.13, else python3. */
    public static Python plain() {
        return first(
                candidates("JASYNCIO_PYTHON", "python3.13", "python3"),
                VERSION,
                "no python3 that runs (JASYNCIO_PYTHON names one)");
    }

    /** The environment's JASYNCIO_UVLOOP_PYTHON, else the system's own, for which distributions have a package. */
    public static Python withUvloop() {
        return first(
                candidates("JASYNCIO_UVLOOP_PYTHON", "python3", "/usr/bin/python3"),
                VERSION + "; import uvloop; print('uvloop', uvloop.__version__)",
                "no python3 with uvloop (JASYNCIO_UVLOOP_PYTHON names one)");
    }

    private static List<String> candidates(String variable, String... defaults) {
        var given = System.getenv(variable);
        return given == null || given.isBlank() ? List.of(defaults) : List.of(given);
    }

    private static Python first(List<String> candidates, String question, String whyNot) {
        for (var candidate : candidates) {
            var said = ask(candidate, question);
            if (!said.isEmpty()) {
                return new Python(candidate, said, "");
            }
        }
        return new Python("", "", whyNot);
    }

    /** Asks the program itself: a version manager's stand-in may be on the path and run nothing. Empty if it fails. */
    private static String ask(String program, String question) {
        try {
            var process = new ProcessBuilder(program, "-c", question)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
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

    /** Whether there is one. */
    public boolean isThere() {
        return !program.isEmpty();
    }

    /** The command for one of our scripts. */
    public List<String> script(String name, String... arguments) {
        var command = new ArrayList<>(List.of(program, SCRIPTS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
