package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.run;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jasyncio.kit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ctrl-C in a process of its own (S134). */
class CtrlCTest {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** The bit of SIGINT in the mask of ignored signals: a shell gives that to what it starts in the background. */
    private static final long SIGINT_BIT = 1L << 1;

    @BeforeAll
    static void ctrlCMustReachAChild() throws IOException {
        assumeTrue(Files.isReadable(STATUS), "needs a system that tells which signals are ignored");
        var ignored = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .findFirst()
                .orElse(0);
        assumeTrue((ignored & SIGINT_BIT) == 0, "SIGINT is ignored here, and so it is in children");
    }

    /** By the shell, which knows that itself: not every machine has a program of that name. */
    static void interrupt(Process process) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                        .start()
                        .waitFor());
    }

    @Test
    void theFirstCancelsTheMainTaskAndItsFinallyBlocksRun() throws Exception {
        var process = ChildJvm.of(Heeds.class).start();
        try (var output = process.inputReader()) {
            // 1. The program waits.
            ChildJvm.awaitLine(output, "ready");
            // 2. Ctrl-C.
            interrupt(process);
            // 3. It cleans up, which may wait too, and then run() throws.
            ChildJvm.awaitLine(output, "cleaned up");
            var rest = output.lines().collect(Collectors.joining("\n"));
            assertTrue(rest.contains("KeyboardInterruptException"), rest);
            assertEquals(1, process.waitFor());
        }
    }

    @Test
    void theSecondEndsTheProcessAtOnce() throws Exception {
        var process = ChildJvm.of(Refuses.class).start();
        try (var output = process.inputReader()) {
            ChildJvm.awaitLine(output, "ready");
            interrupt(process);
            ChildJvm.awaitLine(output, "refused");
            interrupt(process);
            assertEquals(130, process.waitFor());
        }
    }

    /** Ends when it is cancelled. */
    static final class Heeds {
        public static void main(String[] args) throws Exception {
            run(() -> {
                try {
                    System.out.println("ready");
                    await(sleep(Duration.ofHours(1)));
                } finally {
                    await(sleep(Duration.ofMillis(1)));
                    System.out.println("cleaned up");
                }
            });
        }
    }

    /** Goes on whatever happens. */
    static final class Refuses {
        public static void main(String[] args) throws Exception {
            run(() -> {
                System.out.println("ready");
                while (true) {
                    try {
                        await(sleep(Duration.ofHours(1)));
                    } catch (CancellationException unheeded) {
                        System.out.println("refused");
                    }
                }
            });
        }
    }
}
