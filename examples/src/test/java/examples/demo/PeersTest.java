package examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import examples.Launcher;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that nobody here wrote talk to the service, which is a process of its own and ended as a person does it. */
class PeersTest {

    private static final Pattern GREETING =
            Pattern.compile("A ledger on port (\\d+) of 127\\.0\\.0\\.1; Ctrl-C ends it.*");

    private final List<Process> started = new ArrayList<>();
    private Process service;
    private BufferedReader serviceOutput;
    private String port;

    @BeforeEach
    void startService(@TempDir Path lib) throws Exception {
        assumeTrue(Launcher.isOnPath("python3") || Launcher.isOnPath("nc"), "there is neither python3 nor nc");
        var launcher = Launcher.withJarsIn(lib);
        // A build in the background may be told to ignore Ctrl-C, and then all its children do.
        var ignored =
                Launcher.run(new ProcessBuilder("bash", "-c", "trap -p INT")).lines();
        assumeTrue(ignored.isEmpty(), "Ctrl-C is ignored here");

        service = start(launcher.in(lib, "demo", "ledger", "--serve", "0"));
        serviceOutput = service.inputReader(UTF_8);
        var line = serviceOutput.readLine();
        var greeting = GREETING.matcher(String.valueOf(line));
        assertTrue(greeting.matches(), () -> "the service does not greet but says: " + line);
        port = greeting.group(1);
    }

    private Process start(ProcessBuilder builder) throws Exception {
        var process = builder.start();
        started.add(process);
        return process;
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    private void interruptService() throws Exception {
        Launcher.run(new ProcessBuilder("bash", "-c", "kill -INT " + service.pid()));
    }

    private void assertServiceSaysGoodbye() throws Exception {
        assertEquals(
                List.of("All requests are answered. Goodbye"),
                serviceOutput.lines().toList());
        assertTrue(service.waitFor(30, TimeUnit.SECONDS), "the service goes on after Ctrl-C");
        assertEquals(0, service.exitValue());
    }

    @Test
    void cpythonsAsyncioIsServedAndSeesTheEnd() throws Exception {
        assumeTrue(Launcher.isOnPath("python3"), "there is no python3");
        var script =
                Path.of(PeersTest.class.getResource("/peers/ledger_clients.py").toURI());
        var python = start(new ProcessBuilder("python3", script.toString(), port).redirectErrorStream(true));
        var output = python.inputReader(UTF_8);

        // 1. Three clients at the same time, with requests in one piece; then one that makes mistakes.
        var three = "['OK 1', 'OK 1', 'BYE', '']";
        for (var expected : List.of(
                three,
                three,
                three,
                "'get pot': OK 120",
                "'GET nobody': NONE",
                "'': ERROR unknown request; there are PUT, GET, ADD, STATS and QUIT",
                "'PUT pot': ERROR PUT takes a key and an amount",
                "'ADD pot much': ERROR an amount is a whole number of 64 bits",
                "'PUT big 9223372036854775807': OK 9223372036854775807",
                "'ADD big 1': ERROR the balance would be too big",
                "'GET big': OK 9223372036854775807",
                "'HELLO': ERROR unknown request; there are PUT, GET, ADD, STATS and QUIT",
                "ERROR a line has 1024 bytes at most b''",
                "waiting")) {
            assertEquals(expected, output.readLine());
        }

        // 2. Ctrl-C: the client that waits sees the end of the stream, and no error.
        interruptService();
        assertEquals(List.of("the service says good-bye: b''"), output.lines().toList());
        assertEquals(0, python.waitFor());
        assertServiceSaysGoodbye();
    }

    @Test
    void netcatIsServed() throws Exception {
        assumeTrue(Launcher.isOnPath("nc"), "there is no nc");
        var output = Launcher.run(new ProcessBuilder("nc", "127.0.0.1", port), "ADD tips 5\nADD tips 6\nQUIT\n");
        assertEquals(List.of("OK 5", "OK 11", "BYE"), output.lines());
        interruptService();
        assertServiceSaysGoodbye();
    }
}
