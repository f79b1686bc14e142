package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.run;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.kit.ChildJvm;
import io.jasyncio.runtime.loop.PlatformSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What handled Ctrl-C before a run handles it afterwards (S134). */
class CtrlCAfterwardsTest {

    @BeforeAll
    static void ctrlCMustReachAChild() throws IOException {
        CtrlCTest.ctrlCMustReachAChild();
    }

    @Test
    void aHandlerOfTheProgramKeepsTheSignalBeforeInAndAfterARun() throws Exception {
        var process = ChildJvm.of(Handles.class).start();
        try (var output = process.inputReader()) {
            // 1. Before, 2. in, 3. after the run: each time the program's handler has it, and nothing is cancelled.
            for (var place : new String[] {"before", "in", "after"}) {
                ChildJvm.awaitLine(output, place);
                CtrlCTest.interrupt(process);
                ChildJvm.awaitLine(output, "handled " + place);
            }
            assertEquals("", output.lines().collect(Collectors.joining("\n")));
            assertEquals(0, process.waitFor());
        }
    }

    @Test
    void aHandlerThatARunInstalledStays() throws Exception {
        var process = ChildJvm.of(Installs.class).start();
        try (var output = process.inputReader()) {
            ChildJvm.awaitLine(output, "after");
            CtrlCTest.interrupt(process);
            ChildJvm.awaitLine(output, "handled after");
            assertEquals(0, process.waitFor());
        }
    }

    @Test
    void whereThereWasNoneTheProcessEndsAsItDoesWithoutALoop() throws Exception {
        var process = ChildJvm.of(Idles.class).start();
        try (var output = process.inputReader()) {
            // 1. A run has come to its end.
            ChildJvm.awaitLine(output, "idle");
            // 2. Ctrl-C: the JVM's own handler has it, which runs the shutdown hooks.
            CtrlCTest.interrupt(process);
            assertEquals("hook", output.lines().collect(Collectors.joining("\n")));
            assertEquals(130, process.waitFor());
        }
    }

    @Test
    void aRunAfterAnInterruptedOneIsInterruptedToo() throws Exception {
        var process = ChildJvm.of(RunsTwice.class).start();
        try (var output = process.inputReader()) {
            for (var number = 1; number <= 2; number++) {
                ChildJvm.awaitLine(output, "ready " + number);
                CtrlCTest.interrupt(process);
                ChildJvm.awaitLine(output, "interrupted " + number);
            }
            assertEquals(0, process.waitFor());
        }
    }

    /** A handler of the program's own. */
    private static final class Handler {
        private final Semaphore handled = new Semaphore(0);

        void install() {
            var signal = new PlatformSignal("INT");
            signal.install(signal.handler(handled::release));
        }

        void awaitSignal(String place) throws InterruptedException {
            System.out.println(place);
            handled.acquire();
            System.out.println("handled " + place);
        }
    }

    /** Has a handler of its own. */
    static final class Handles {
        public static void main(String[] args) throws Exception {
            var handler = new Handler();
            handler.install();
            handler.awaitSignal("before");
            run(() -> {
                await(toThread(() -> handler.awaitSignal("in")));
            });
            handler.awaitSignal("after");
        }
    }

    /** Gets a handler of its own while the loop watches. */
    static final class Installs {
        public static void main(String[] args) throws Exception {
            var handler = new Handler();
            run(handler::install);
            handler.awaitSignal("after");
        }
    }

    /** Runs a program to its end, and then waits for nothing. */
    static final class Idles {
        public static void main(String[] args) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            run(() -> {
                await(sleep(Duration.ofMillis(1)));
            });
            System.out.println("idle");
            new Semaphore(0).acquire();
        }
    }

    /** Runs two programs; both wait to be interrupted. */
    static final class RunsTwice {
        public static void main(String[] args) throws Exception {
            for (var number = 1; number <= 2; number++) {
                var ready = "ready " + number;
                try {
                    run(() -> {
                        System.out.println(ready);
                        await(sleep(Duration.ofHours(1)));
                    });
                } catch (KeyboardInterruptException expected) {
                    System.out.println("interrupted " + number);
                }
            }
        }
    }
}
