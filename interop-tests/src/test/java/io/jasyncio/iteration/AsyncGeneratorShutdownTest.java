package io.jasyncio.iteration;

import static io.jasyncio.Asyncio.allTasks;
import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.ExtendWith;

/** Generators that nobody has closed are closed at the end of the program, or when they have become garbage (S131). */
@ExtendWith(AsyncioExtension.class)
class AsyncGeneratorShutdownTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static <T> AsyncGenerator<T> atFirstYield(GeneratorBody<T> body) throws Exception {
        var generator = AsyncGenerator.of(body);
        assertTrue(await(generator.hasNextAsync()));
        generator.next();
        return generator;
    }

    @OnEachCarrier
    void theProgramClosesThemAfterItsTasksAndBeforeItsThreads(Carrier carrier, Steps steps) throws Exception {
        var inThread = new CountDownLatch(1);
        VirtualTime.run(carrier, () -> {
            atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    steps.expect(3);
                    await(sleep(SECOND));
                    steps.expect(4);
                    inThread.countDown();
                }
            });
            createTask(() -> {
                try {
                    await(sleep(SECOND));
                } finally {
                    steps.expect(2);
                }
            });
            toThread(() -> {
                inThread.await();
                steps.finish(5);
            });
            await(sleep(Duration.ZERO));
            steps.expect(1);
        });
    }

    @OnEachCarrier
    void allAreClosedThoughOneFails(Carrier carrier, Steps steps, ErrorLog errors) throws Exception {
        VirtualTime.run(carrier, () -> {
            atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    steps.expect(1);
                    throwIt(new IOException("no way to clean up"));
                }
            });
            atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    steps.finish(2);
                }
            });
        });
        var reported = errors.take();
        assertInstanceOf(IOException.class, reported.getThrown());
        assertTrue(
                reported.getMessage().startsWith("an error occurred during closing of asynchronous generator"),
                reported.getMessage());
    }

    private static void throwIt(Exception failure) throws Exception {
        throw failure;
    }

    @OnEachCarrier
    void aCancellationInTheCleanupIsReportedToo(Carrier carrier, ErrorLog errors) throws Exception {
        VirtualTime.run(carrier, () -> {
            atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    throwIt(new CancellationException("gave up"));
                }
            });
        });
        assertInstanceOf(CancellationException.class, errors.takeException());
    }

    @OnEachCarrier
    void oneThatIsRunningCannotBeClosedAndIsReported(Carrier carrier, ErrorLog errors) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> {
                await(sleep(SECOND));
                out.yield(1);
            });
            var asked = generator.hasNextAsync();
            await(EventLoop.current().shutdownAsyncGenerators());
            assertTrue(await(asked));
            await(generator.closeAsync());
        });
        assertEquals(
                "closeAsync(): asynchronous generator is already running",
                errors.takeException().getMessage());
    }

    @OnEachCarrier
    void thereMayBeNothingToClose(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var ended = AsyncGenerator.<Integer>of(out -> out.yield(1));
            assertEquals(1, await(ended.toListAsync()).size());
            AsyncGenerator.<Integer>of(out -> out.yield(1));
            assertTrue(EventLoop.current().shutdownAsyncGenerators().isDone());
        });
    }

    @OnEachCarrier
    void oneThatStartsAfterwardsIsWarnedOfAndUnwindsWithTheLoop(Carrier carrier, Steps steps, ErrorLog errors)
            throws Exception {
        VirtualTime.run(carrier, () -> {
            await(EventLoop.current().shutdownAsyncGenerators());
            createTask(() -> {
                try {
                    await(sleep(SECOND));
                } finally {
                    atFirstYield(out -> {
                        try {
                            out.yield(1);
                        } finally {
                            steps.expect(1);
                        }
                    });
                }
            });
            await(sleep(Duration.ZERO));
        });
        steps.finish(2);
        assertTrue(errors.warnings().get(0).contains("after shutdownAsyncGenerators()"));
    }

    @OnEachCarrier
    void aLoopThatIsClosedUnderItUnwindsIt(Carrier carrier, Steps steps) throws Exception {
        try (var loop = EventLoop.create(VirtualTime.options(carrier))) {
            loop.runUntilComplete(loop.createTask(() -> {
                atFirstYield(out -> {
                    try {
                        out.yield(1);
                    } finally {
                        steps.expect(2);
                    }
                });
                steps.expect(1);
            }));
        }
        steps.finish(3);
    }

    @OnEachCarrier
    void oneThatIsGarbageIsClosedInAnIdleMoment(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var closed = EventLoop.current().<Integer>createFuture();
            leaveOneBehind(steps, closed);
            while (!closed.isDone()) {
                System.gc();
                await(sleep(Duration.ofMillis(10)));
            }
            steps.finish(2);
            assertEquals(1, allTasks().size());
        });
    }

    private static void leaveOneBehind(Steps steps, LoopFuture<Integer> closed) throws Exception {
        atFirstYield(out -> {
            try {
                out.yield(1);
            } finally {
                await(sleep(Duration.ofMillis(10)));
                steps.expect(1);
                closed.complete(1);
            }
        });
    }

    @OnEachCarrier
    void oneThatSomebodyWaitsForIsNoGarbage(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var gate = EventLoop.current().<Integer>createFuture();
            var asked = AsyncGenerator.<Integer>of(out -> {
                        try {
                            out.yield(await(gate));
                        } finally {
                            steps.expect(2);
                        }
                    })
                    .hasNextAsync();
            for (var i = 0; i < 3; i++) {
                System.gc();
                await(sleep(SECOND));
            }
            assertFalse(asked.isDone());
            steps.expect(1);
            gate.complete(1);
            assertTrue(await(asked));
        });
        steps.finish(3);
    }

    @OnEachCarrier
    void theOneWhoIsNotOnTheLoopMayNotShutDown(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            await(toThread(() -> assertThrows(IllegalStateException.class, loop::shutdownAsyncGenerators)));
        });
    }
}
