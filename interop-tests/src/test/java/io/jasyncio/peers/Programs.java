package io.jasyncio.peers;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds the programs of this machine that can be peers. */
final class Programs {

    /** A peer that is missing fails its tests if this is {@code required}, and skips them otherwise. */
    private static final String REQUIRED = "JASYNCIO_PEERS";

    /** The oldest CPython that the scripts run on. */
    private static final String IS_NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))";

    private static final ConcurrentHashMap<String, Optional<Path>> FOUND = new ConcurrentHashMap<>();

    private Programs() {}

    /** A program by its name. */
    static Path require(String name) {
        return orMissing(name, FOUND.computeIfAbsent(name, Programs::inPath));
    }

    /** A CPython of 3.11 or newer: the one that {@code JASYNCIO_PYTHON} names, or one that is on the path. */
    static Path requirePython() {
        return orMissing("CPython 3.11", FOUND.computeIfAbsent("", unused -> python()));
    }

    private static Path orMissing(String name, Optional<Path> found) {
        if (found.isEmpty()) {
            var text = "there is no " + name + " here";
            if ("required".equals(System.getenv(REQUIRED))) {
                fail(text + ", and " + REQUIRED + "=required asks for it");
            }
            Assumptions.abort(text);
        }
        return found.get();
    }

    private static Optional<Path> python() {
        var named = Optional.ofNullable(System.getenv("JASYNCIO_PYTHON")).map(Path::of);
        return named.or(() -> Stream.of("python3.13", "python3")
                .flatMap(name -> inPath(name).stream())
                .filter(Programs::isNewEnough)
                .findFirst());
    }

    /** What is called so may be of another version, or say that it is none. */
    private static boolean isNewEnough(Path python) {
        try {
            return new ProcessBuilder(python.toString(), "-c", IS_NEW_ENOUGH)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException cannotRun) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new AssertionError("the thread of the test is interrupted", interrupted);
        }
    }

    private static Optional<Path> inPath(String name) {
        var folders = List.of(System.getenv("PATH").split(File.pathSeparator));
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
