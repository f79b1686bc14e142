package io.jasyncio.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.jasyncio.Asyncio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What holds the house together. */
class HouseRulesTest {

    private static final int MOST_LINES = 400;

    /** What a small screen shows at once. The longest of all had 30 when this was written. */
    private static final int MOST_LINES_OF_A_METHOD = 40;

    /** The modules that people read. */
    private static final List<String> READ = List.of("java-api", "kotlin-runtime", "examples", "examples/mini-redis");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jasyncio");

    private static boolean isTooLong(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count() > MOST_LINES;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void noFileIsLongerThanFourHundredLines() throws IOException {
        for (var module : READ) {
            assertEquals(
                    List.of(),
                    Sources.of(module).stream()
                            .filter(HouseRulesTest::isTooLong)
                            .toList());
        }
    }

    @Test
    void aMethodFitsInAnEye() throws IOException {
        var methods = new ArrayList<Methods.Method>();
        for (var module : READ) {
            var sources = Sources.of(module);
            methods.addAll(
                    Methods.inJava(sources.stream().filter(Sources::isJava).toList()));
            for (var file : sources.stream().filter(Sources::isKotlin).toList()) {
                methods.addAll(Methods.inKotlin(file));
            }
        }
        methods.sort(Comparator.comparingInt(Methods.Method::lines));
        var tooLong = methods.stream()
                .filter(method -> method.lines() > MOST_LINES_OF_A_METHOD)
                .toList();
        var median = methods.get(methods.size() / 2).lines();
        assertEquals(List.of(), tooLong, "of " + methods.size() + " methods, whose median is " + median + " lines");
    }

    @Test
    void theJavaApiHoldsNoKotlinAndTheRuntimeNoJava() throws IOException {
        assertEquals(
                List.of(),
                Sources.of("java-api").stream().filter(Sources::isKotlin).toList());
        assertEquals(
                List.of(),
                Sources.of("kotlin-runtime").stream()
                        .filter(Sources::isJava)
                        .filter(file -> !file.endsWith("module-info.java"))
                        .toList());
    }

    /** On the class path nobody sees what the module says, so every package says it. Kotlin's types need no mark. */
    @Test
    void everyExportedPackageOfTheJavaApiSaysWhatMayBeNull() throws Exception {
        var exported = Sources.exports("java-api");
        assertTrue(exported.contains("io.jasyncio"), exported.toString());
        for (var name : exported) {
            var described = Class.forName(name + ".package-info", false, Asyncio.class.getClassLoader());
            assertTrue(described.isAnnotationPresent(NullMarked.class), name + " is not @NullMarked");
        }
    }

    @Test
    void theJavaApiKnowsNeitherKotlinNorTheRuntime() throws IOException {
        var packages = new ArrayList<>(Sources.exports("java-api"));
        packages.add("io.jasyncio.internal..");
        noneOf(
                packages.toArray(String[]::new),
                "kotlin..",
                "kotlinx..",
                "io.jasyncio.runtime..",
                "io.jasyncio.coroutines..");
    }

    /** Locks and queues stand on top: they use futures, the loop and iteration as any library could. */
    @Test
    void nothingBelowKnowsLocksOrQueues() {
        noneOf(
                new String[] {"io.jasyncio", "io.jasyncio.iteration", "io.jasyncio.spi", "io.jasyncio.internal.."},
                "io.jasyncio.sync",
                "io.jasyncio.queue");
    }

    @Test
    void locksUseNothingButTheCore() {
        onlyUses("io.jasyncio.sync", "io.jasyncio.sync", "io.jasyncio", "io.jasyncio.iteration", "io.jasyncio.spi");
    }

    /** A queue may use a lock, never the other way round. */
    @Test
    void queuesUseNothingButTheCoreAndLocks() {
        onlyUses(
                "io.jasyncio.queue",
                "io.jasyncio.queue",
                "io.jasyncio.sync",
                "io.jasyncio",
                "io.jasyncio.iteration",
                "io.jasyncio.spi");
    }

    @Test
    void iterationUsesNothingButTheCore() {
        onlyUses("io.jasyncio.iteration", "io.jasyncio.iteration", "io.jasyncio", "io.jasyncio.spi");
    }

    /** Protocols first, streams on top of them. */
    @Test
    void transportsKnowNoStreams() {
        noneOf(new String[] {"io.jasyncio.transport", "io.jasyncio.internal.."}, "io.jasyncio.stream");
    }

    /** What users see of transports is a description alone. */
    @Test
    void transportsUseNothingButTheCore() {
        onlyUses("io.jasyncio.transport", "io.jasyncio.transport", "io.jasyncio", "io.jasyncio.spi");
    }

    private static void noneOf(String[] packages, String... unknown) {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(unknown)
                .check(MAIN);
    }

    /** Of the project's own packages a package uses these. */
    private static void onlyUses(String user, String... used) {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(user)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.jasyncio..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(used)))
                .check(MAIN);
    }
}
