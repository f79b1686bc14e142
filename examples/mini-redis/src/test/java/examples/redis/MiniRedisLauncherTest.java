package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.File;
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

    @Test
    void servesUntilCtrlCAndThenDrains() throws Exception {
        // A build in the background may be told to ignore Ctrl-C, and then all its children do.
        var ignored = Programs.run(Programs.need("bash"), "-c", "trap -p INT");
        assumeTrue(ignored.text().isEmpty(), "Ctrl-C is ignored here");

        // 1. It says where it listens, and serves.
        var server = start("run", "mini-redis", "--port", "0");
        try {
            var lines = server.inputReader();
            var line = String.valueOf(lines.readLine());
            var greeting = GREETING.matcher(line);
            assertTrue(greeting.matches(), line);
            try (var wire = new Wire(Integer.parseInt(greeting.group(1)))) {
                assertEquals("+PONG", wire.say("PING"));
                wire.send("BLPOP list 0\r\n");

                // 2. Ctrl-C: who waits gets nil, then everybody sees the end.
                Programs.run(Programs.need("bash"), "-c", "kill -INT " + server.pid());
                assertEquals(List.of("*-1", "end"), wire.hear(2));
            }
            assertEquals("All requests are answered. Goodbye", lines.readLine());
            assertEquals(new Programs.Output("", 0), Programs.end(server));
        } finally {
            server.destroyForcibly();
        }
    }
}
