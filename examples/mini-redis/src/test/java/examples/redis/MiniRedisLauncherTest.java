package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./jasyncio demo} and {@code ./jasyncio run mini-redis}, as processes of their own. */
@Timeout(value = 300, threadMode = SEPARATE_THREAD)
class MiniRedisLauncherTest {

    private static final Path SCRIPT =
            Path.of("../../jasyncio").toAbsolutePath().normalize();
    private static final Pattern GREETING =
            Pattern.compile("mini-redis listens on port (\\d+) of 127\\.0\\.0\\.1; Ctrl-C ends it\\..*");

    @TempDir
    private Path lib;

    /** A jar that names the class path of this test, and the class that the launcher looks for. */
    @BeforeEach
    void makeJar() throws Exception {
        var classPath = new StringBuilder();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.append(Path.of(entry).toUri()).append(' ');
        }
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath.toString());
        try (var jar = new JarOutputStream(Files.newOutputStream(lib.resolve("all.jar")), manifest)) {
            for (var type : List.of(DemoKt.class, RedisMainKt.class)) {
                var name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(name));
                try (var bytes = type.getResourceAsStream("/" + name)) {
                    bytes.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
    }

    private Process start(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(Programs.need("bash"), SCRIPT.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(lib.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JASYNCIO_LIB", lib.toString());
        environment.put("JASYNCIO_OPTS", "-Xmx256m");
        environment.remove("JAVA_TOOL_OPTIONS"); // the JVM would tell of it
        return builder.start();
    }

    @Test
    void demoPrintsATableAndEnds() throws Exception {
        var output = Programs.end(start("demo", "--clients", "4", "--millis", "50"));
        assertLinesMatch(
                List.of(
                        "mini-redis on port \\d+, and 4 clients on a loop of their own, in one JVM \\(Java \\d+\\)",
                        "command pipeline     commands    commands/s   p50 us   p99 us   max us",
                        "SET            1( +[\\d,]+){5}",
                        "GET            1( +[\\d,]+){5}",
                        "SET           16( +[\\d,]+){5}",
                        "GET           16( +[\\d,]+){5}",
                        "The times are .*"),
                output.lines());
        assertEquals(0, output.exitCode());
    }

    @Test
    void wrongOptionIsExplainedAndTheExitCodeIs2() throws Exception {
        assertEquals(
                new Programs.Output("demo: unknown option '--frobnicate'; --help lists what there is\n", 2),
                Programs.end(start("demo", "--frobnicate")));
        assertEquals(
                new Programs.Output("mini-redis: --port takes a whole number from 0 to 65535, not '70000'\n", 2),
                Programs.end(start("run", "mini-redis", "--port", "70000")));
        assertEquals(0, Programs.end(start("run", "mini-redis", "--help")).exitCode());
    }

    // ---- Signals
    // -----------------------------------------------------------------------------------------------------

    /** A build in the background may be told to ignore Ctrl-C, and then all its children do. */
    private static void needSignal(String name) throws Exception {
        var ignored = Programs.run(Programs.need("bash"), "-c", "trap -p " + name);
        assumeTrue(ignored.text().isEmpty(), "SIG" + name + " is ignored here");
    }

    private static void signal(Process process, String name) throws Exception {
        Programs.run(Programs.need("bash"), "-c", "kill -" + name + " " + process.pid());
    }

    private static int portOf(BufferedReader lines) throws IOException {
        var line = String.valueOf(lines.readLine());
        var greeting = GREETING.matcher(line);
        assertTrue(greeting.matches(), line);
        return Integer.parseInt(greeting.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void servesUntilItIsToldToEndAndThenDrains(String signal) throws Exception {
        needSignal(signal);
        // 1. It says where it listens, and serves.
        var server = start("run", "mini-redis", "--port", "0");
        try {
            var lines = server.inputReader();
            try (var wire = new Wire(portOf(lines))) {
                assertEquals("+PONG", wire.say("PING"));
                wire.send("BLPOP list 0\r\n");

                // 2. A signal: who waits gets nil, then everybody sees the end.
                signal(server, signal);
                assertEquals(List.of("*-1", "end"), wire.hear(2));
            }
            assertEquals("All requests are answered. Goodbye", lines.readLine());
            assertEquals(new Programs.Output("", 0), Programs.end(server));
        } finally {
            server.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, INT, 130", "INT, TERM, 143", "TERM, TERM, 143", "TERM, INT, 130"})
    void secondSignalEndsItAtOnce(String first, String second, int exitCode) throws Exception {
        needSignal("INT");
        needSignal("TERM");
        var server = start("run", "mini-redis", "--port", "0", "--patience", "3600");
        try {
            var lines = server.inputReader();
            var port = portOf(lines);
            // 1. Somebody does not read his answers.
            try (var lazy = new Lazy(port)) {
                // 2. The first signal lets nobody else in. The second does not wait for him.
                signal(server, first);
                assertThrows(IOException.class, () -> {
                    while (true) {
                        new Wire(port).close();
                    }
                });
                signal(server, second);
                assertEquals(new Programs.Output("", exitCode), Programs.end(server));
                assertTrue(lazy.hearAll() < Lazy.QUESTIONS);
            }
        } finally {
            server.destroyForcibly();
        }
    }
}
