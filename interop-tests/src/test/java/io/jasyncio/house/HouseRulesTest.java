package io.jasyncio.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds the house together. */
class HouseRulesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MOST_LINES = 400;

    private static Stream<Path> sources(String module) throws IOException {
        return Files.walk(ROOT.resolve(module).resolve("src/main"))
                .filter(file ->
                        file.toString().endsWith(".java") || file.toString().endsWith(".kt"));
    }

    private static boolean isTooLong(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count() > MOST_LINES;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void noFileIsLongerThanFourHundredLines() throws IOException {
        for (var module : List.of("java-api", "kotlin-runtime", "examples")) {
            try (var files = sources(module)) {
                assertEquals(List.of(), files.filter(HouseRulesTest::isTooLong).toList());
            }
        }
    }

    @Test
    void theJavaApiHoldsNoKotlinAndTheRuntimeNoJava() throws IOException {
        try (var files = sources("java-api")) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".kt")).toList());
        }
        try (var files = sources("kotlin-runtime")) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("module-info.java"))
                            .toList());
        }
    }

    @Test
    void theJavaApiKnowsNeitherKotlinNorTheRuntime() {
        var api = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.jasyncio");
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(
                        "io.jasyncio",
                        "io.jasyncio.spi",
                        "io.jasyncio.internal..",
                        "io.jasyncio.transport",
                        "io.jasyncio.stream")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kotlin..", "kotlinx..", "io.jasyncio.runtime..", "io.jasyncio.coroutines..")
                .check(api);
    }
}
