package io.jasyncio.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The project's folders, as a test finds them from the folder of its module. */
final class Sources {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern EXPORTS = Pattern.compile("^ *exports ([\\w.]+);", Pattern.MULTILINE);

    private Sources() {}

    /** What is not test code in a module, Java and Kotlin. */
    static List<Path> of(String module) throws IOException {
        try (var files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
            return files.filter(file -> isJava(file) || isKotlin(file)).sorted().toList();
        }
    }

    static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    static boolean isKotlin(Path file) {
        return file.toString().endsWith(".kt");
    }

    /** The packages that a module exports. */
    static List<String> exports(String module) throws IOException {
        var declaration = Files.readString(ROOT.resolve(module).resolve("src/main/java/module-info.java"));
        return EXPORTS.matcher(declaration)
                .results()
                .map((MatchResult found) -> found.group(1))
                .sorted()
                .toList();
    }
}
