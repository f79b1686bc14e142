package examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs as a reader finds them in their folders. */
class SourcesTest {

    private static final Path DIRECT = Path.of("src/main/java/examples/direct");
    private static final Path STAGE = Path.of("src/main/java/examples/stage");
    private static final Path KOTLIN = Path.of("src/main/kotlin/examples/kotlin");

    /** So {@code java File.java} runs it, with no other class of this module at hand. */
    @ParameterizedTest
    @MethodSource("javaPrograms")
    void aJavaProgramIsCompleteInItsFile(Path source, @TempDir Path classes) throws Exception {
        var library = Path.of(Asyncio.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var messages = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(library));
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            var options = List.of("-proc:none");
            var compilation = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source));
            assertTrue(compilation.call(), messages::toString);
        }
    }

    static Stream<Path> javaPrograms() throws IOException {
        return Stream.concat(filesIn(DIRECT).stream(), filesIn(STAGE).stream());
    }

    @Test
    void everyProgramIsThereInEachFaceAndIsTested() throws IOException {
        var tested = ProgramsTest.programs().map(Program::name).collect(Collectors.toSet());
        assertEquals(tested, namesIn(DIRECT));
        assertEquals(tested, namesIn(STAGE));
        assertEquals(tested, namesIn(KOTLIN));
    }

    private static Set<String> namesIn(Path folder) throws IOException {
        return filesIn(folder).stream()
                .map(file -> file.getFileName().toString().replaceFirst("\\.(java|kt)$", ""))
                .collect(Collectors.toSet());
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
