package examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import examples.Program.Face;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that serve, each in a process of its own: a plain socket talks to them, and Ctrl-C ends them as a person does it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServersTest {

    /** In a greeting. */
    private static final Pattern PORT = Pattern.compile("(?:127\\.0\\.0\\.1:|port )(\\d+)");

    private static Launcher launcher;

    @TempDir
    private Path folder;

    private Process server;

    /**
     * A program, and a conversation with it.
     *
     * @param arguments with which it serves
     * @param heard what a client that says "Anna" hears from it; null for nothing
     * @param seen what the program prints then; null for nothing
     * @param atTheEnd what it prints after Ctrl-C
     */
    record Service(
            Program program,
            List<String> arguments,
            @Nullable String heard,
            @Nullable String seen,
            List<String> atTheEnd) {

        Service in(Face face) {
            return new Service(new Program(program.name(), face, null), arguments, heard, seen, atTheEnd);
        }
    }

    static Stream<Service> services() {
        var port = List.of("0");
        var goodbye = List.of("goodbye");
        var written = List.of("written down: {tcp=1}", "goodbye");
        return Stream.of(
                        service("Echo", port, "Anna", null, goodbye),
                        service("Chat", port, "welcome, Anna; guests: 1", null, goodbye),
                        service("LogCollector", List.of("0", "log.sock"), null, "[tcp] Anna", written))
                .flatMap(service -> Arrays.stream(Face.values()).map(service::in));
    }

    private static Service service(
            String name, List<String> arguments, @Nullable String heard, @Nullable String seen, List<String> atTheEnd) {
        return new Service(new Program(name, Face.DIRECT, null), arguments, heard, seen, atTheEnd);
    }

    @BeforeAll
    static void prepare(@TempDir Path lib) throws Exception {
        launcher = Launcher.withJarsIn(lib);
        // A build in the background may be told to ignore Ctrl-C, and then all its children do.
        var ignored =
                Launcher.run(new ProcessBuilder("bash", "-c", "trap -p INT")).lines();
        assumeTrue(ignored.isEmpty(), "Ctrl-C is ignored here");
    }

    @AfterEach
    void endWhatIsLeft() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void aClientThatStaysDoesNotHoldUpCtrlC(Service service) throws Exception {
        // 1. The program says where it serves.
        var call = Stream.concat(Stream.of("run", service.program.mainClass()), service.arguments.stream());
        server = launcher.in(folder, call.toArray(String[]::new)).start();
        var printed = server.inputReader(UTF_8);
        var greeting = printed.readLine();
        var port = PORT.matcher(String.valueOf(greeting));
        assertTrue(port.find(), () -> "the program does not greet but says: " + greeting);

        // 2. A client is served, and stays.
        try (var client = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))) {
            var heard = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
            client.getOutputStream().write("Anna\n".getBytes(UTF_8));
            if (service.heard != null) {
                assertEquals(service.heard, heard.readLine());
            }
            if (service.seen != null) {
                assertEquals(service.seen, printed.readLine());
            }

            // 3. Ctrl-C: the client sees the end, and the program comes to its own.
            Launcher.run(new ProcessBuilder("bash", "-c", "kill -INT " + server.pid()));
            assertNull(heard.readLine());
        }
        assertEquals(service.atTheEnd, printed.lines().toList());
        assertEquals(0, server.waitFor());
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList(), "the socket file is gone");
        }
    }
}
