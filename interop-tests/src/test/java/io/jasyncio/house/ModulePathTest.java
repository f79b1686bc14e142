package io.jasyncio.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.ChildJvm;
import io.jasyncio.kit.ClassPath;
import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A modular program finds the runtime on the module path, and sees nothing but what is exported. */
class ModulePathTest {

    private static final List<String> NEEDED =
            List.of("java-api", "kotlin-runtime", "kotlin-stdlib", "kotlinx-coroutines-core", "jspecify");

    @TempDir
    private Path folder;

    private static List<Path> modules() {
        return ClassPath.entries().stream()
                .filter(entry -> NEEDED.stream().anyMatch(entry.toString()::contains))
                .toList();
    }

    /** Compiles a module of one class; returns what the compiler said. */
    private String compile(String body) throws Exception {
        var sources = List.of(
                Files.writeString(
                        folder.resolve("module-info.java"),
                        "module probe { requires io.jasyncio; requires io.jasyncio.coroutines; }"),
                Files.writeString(
                        Files.createDirectories(folder.resolve("probe")).resolve("Main.java"),
                        "package probe; public class Main { public static void main(String[] a) throws Exception {"
                                + body + "} }"));
        var options = new ArrayList<>(List.of("-d", folder.resolve("classes").toString(), "--module-path"));
        options.add(modules().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        var said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return said.toString();
    }

    @Test
    void aModularProgramRuns() throws Exception {
        assertEquals(
                "",
                compile("System.out.println(io.jasyncio.Asyncio.<Integer>run(() -> io.jasyncio.Asyncio.await("
                        + "io.jasyncio.Asyncio.sleep(java.time.Duration.ofMillis(1), 42))));"));
        var path = new ArrayList<>(modules());
        path.add(folder.resolve("classes"));
        var output =
                ChildJvm.of("--module", "probe/probe.Main").modulePath(path).run();
        assertEquals("42", output.text());
        assertEquals(0, output.exitCode());
    }

    @Test
    void theRuntimeIsNotToBeSeen() throws Exception {
        var said = compile("System.out.println(io.jasyncio.runtime.loop.ReadyQueue.class);");
        assertTrue(said.contains("io.jasyncio.runtime.loop"), said);
    }
}
