package io.jasyncio.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A scenario as CPython ran it. */
record Recorded(String group, String name, List<String> lines) {

    /** The folder with the scenarios and {@code record.py}: seen from this module, or from the root of the project. */
    static Path folder() {
        return Stream.of("conformance", "interop-tests/conformance")
                .map(Path::of)
                .filter(folder -> Files.exists(folder.resolve("record.py")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no conformance folder: run this in the folder of the project or of interop-tests"));
    }

    /** The groups that have traces, by name. */
    static List<String> groups() {
        return children(folder().resolve("traces"));
    }

    /** The scenarios of a group, by name. */
    static List<Recorded> of(String group) {
        var traces = folder().resolve("traces").resolve(group);
        return children(traces).stream()
                .map(file -> read(group, traces.resolve(file)))
                .toList();
    }

    private static List<String> children(Path folder) {
        try (var paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + folder, unreadable);
        }
    }

    private static Recorded read(String group, Path file) {
        try {
            var name = file.getFileName().toString().replaceFirst("\\.txt$", "");
            return new Recorded(group, name, Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
