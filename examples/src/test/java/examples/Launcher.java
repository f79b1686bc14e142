package examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import examples.demo.DemoKt;
import io.jasyncio.Asyncio;
import io.jasyncio.coroutines.BuildersKt;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import kotlin.Unit;
import kotlinx.coroutines.Job;

/**
 * The launcher script, in processes of its own. It takes the JDK of the tests, and what the tests see for its jars, so that
 * it never builds.
 */
public final class Launcher {

    private static final Path SCRIPT = Path.of("../jasyncio").toAbsolutePath().normalize();

    /** Small processes, in English; and a carrier that was asked for by name says nothing of itself. */
    private static final String OPTIONS =
            "-Xmx128m -XX:TieredStopAtLevel=1 -Duser.language=en -Dio.jasyncio.carrier=platform-handoff";

    private final Path lib;

    private Launcher(Path lib) {
        this.lib = lib;
    }

    /** A launcher whose jars are put into a folder. The test is skipped where there is no bash. */
    public static Launcher withJarsIn(Path lib) throws IOException {
        assumeTrue(isOnPath("bash"), "there is no bash");
        var number = 0;
        for (var entry : whatProgramsNeed()) {
            var jar = lib.resolve(number++ + ".jar");
            if (Files.isDirectory(entry)) {
                pack(entry, jar);
            } else {
                Files.copy(entry, jar);
            }
        }
        return new Launcher(lib);
    }

    /** Whether a command can be called here. */
    public static boolean isOnPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Folders and jars of the class path, but not the tests and their libraries. */
    private static List<Path> whatProgramsNeed() {
        return Stream.of(DemoKt.class, Asyncio.class, BuildersKt.class, Unit.class, Job.class)
                .map(Launcher::origin)
                .distinct()
                .toList();
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toRealPath();
        } catch (IOException | URISyntaxException unknown) {
            throw new AssertionError("where does " + type + " come from?", unknown);
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** A call of the script that has not started, in a folder. Standard error goes with standard output. */
    public ProcessBuilder in(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JASYNCIO_LIB", lib.toString());
        environment.put("JASYNCIO_OPTS", OPTIONS);
        environment.remove("JAVA_TOOL_OPTIONS"); // the JVM would tell of it
        return builder;
    }

    /** Runs a process to its end. */
    public static Output run(ProcessBuilder builder) throws IOException, InterruptedException {
        return run(builder, "");
    }

    /** Runs a process to its end and gives it some text to read. */
    public static Output run(ProcessBuilder builder, String input) throws IOException, InterruptedException {
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        var lines = process.inputReader(UTF_8).lines().toList();
        return new Output(lines, process.waitFor());
    }

    /**
     * What a process left.
     *
     * @param lines what it printed
     * @param exitCode how it ended
     */
    public record Output(List<String> lines, int exitCode) {}
}
