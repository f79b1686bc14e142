package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stage-style body under a lock or with a permit: what was acquired is released however the body ends, once. */
@ExtendWith(AsyncioExtension.class)
class WithLockTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Runs a body under a lock, or with a permit. */
    interface With {
        <T> LoopFuture<T> body(Supplier<? extends CompletionStage<T>> body);
    }

    /**
     * What can be held while a body runs.
     *
     * @param isHeld whether somebody holds it
     */
    record Guard(String name, With with, BooleanSupplier isHeld) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Guard> guards() {
        var lock = new AsyncLock();
        var semaphore = new AsyncSemaphore();
        return Stream.of(
                new Guard(
                        "lock",
                        new With() {
                            @Override
                            public <T> LoopFuture<T> body(Supplier<? extends CompletionStage<T>> body) {
                                return lock.withLockAsync(body);
                            }
                        },
                        lock::isLocked),
                new Guard(
                        "semaphore",
                        new With() {
                            @Override
                            public <T> LoopFuture<T> body(Supplier<? extends CompletionStage<T>> body) {
                                return semaphore.withPermitAsync(body);
                            }
                        },
                        () -> semaphore.availablePermits() == 0));
    }

    @ParameterizedTest
    @MethodSource("guards")
    void theResultIsThatOfTheBodyWhichHadTheGuardAllAlong(Guard guard) throws Exception {
        VirtualTime.run(() -> {
            var result = guard.with().body(() -> {
                assertTrue(guard.isHeld().getAsBoolean());
                return sleep(SECOND).thenApply(slept -> {
                    assertTrue(guard.isHeld().getAsBoolean());
                    return "done";
                });
            });
            assertEquals("done", await(result));
            assertFalse(guard.isHeld().getAsBoolean());
            assertEquals(SECOND, VirtualTime.elapsed());
        });
    }

    @ParameterizedTest
    @MethodSource("guards")
    void bodiesRunOneAfterTheOther(Guard guard, Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var first = guard.with().body(() -> {
                steps.expect(1);
                return sleep(SECOND).thenRun(() -> steps.expect(2));
            });
            var second = guard.with().body(() -> {
                steps.expect(3);
                return sleep(SECOND).thenRun(() -> steps.expect(4));
            });
            await(first);
            await(second);
            steps.finish(5);
        });
    }

    @ParameterizedTest
    @MethodSource("guards")
    void aBodyWhoseStageFailsReleases(Guard guard) throws Exception {
        var problem = new IOException("later");
        VirtualTime.run(() -> {
            var failing =
                    guard.with().body(() -> sleep(SECOND).thenCompose(slept -> CompletableFuture.failedStage(problem)));
            assertSame(problem, assertThrows(IOException.class, () -> await(failing)));
            assertFalse(guard.isHeld().getAsBoolean());
        });
    }

    @ParameterizedTest
    @MethodSource("guards")
    void aBodyThatThrowsAtOnceReleases(Guard guard) throws Exception {
        var problem = new IllegalArgumentException("at once");
        VirtualTime.run(() -> {
            var failing = guard.with().body(() -> {
                throw problem;
            });
            assertSame(problem, assertThrows(IllegalArgumentException.class, () -> await(failing)));
            assertFalse(guard.isHeld().getAsBoolean());
        });
    }

    @ParameterizedTest
    @MethodSource("guards")
    void aBodyThatReturnsNoStageReleases(Guard guard) throws Exception {
        VirtualTime.run(() -> {
            var failing = guard.with().body(() -> null);
            assertThrows(NullPointerException.class, () -> await(failing));
            assertFalse(guard.isHeld().getAsBoolean());
        });
    }

    @ParameterizedTest
    @MethodSource("guards")
    void whoIsCancelledInTheLineNeverRunsAndReleasesNothing(Guard guard, Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var holder = guard.with().body(() -> sleep(SECOND));
            var waiting = guard.with().body(() -> {
                steps.unreached();
                return sleep(SECOND);
            });
            waiting.cancel();
            assertThrows(CancellationException.class, () -> await(waiting));
            assertTrue(guard.isHeld().getAsBoolean());
            await(holder);
            assertFalse(guard.isHeld().getAsBoolean());
            steps.finish(1);
        });
    }

    @ParameterizedTest
    @MethodSource("guards")
    void whoIsCancelledAfterTheWakeUpNeverRunsAndPassesItOn(Guard guard, Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var holding = EventLoop.current().<Integer>createFuture();
            var holder = guard.with().body(() -> holding);
            var waiting = guard.with().body(() -> {
                steps.unreached();
                return sleep(SECOND);
            });
            var next = guard.with().body(() -> {
                steps.expect(1);
                return sleep(SECOND);
            });
            holding.complete(1);
            waiting.cancel();
            await(holder);
            assertThrows(CancellationException.class, () -> await(waiting));
            await(next);
            assertFalse(guard.isHeld().getAsBoolean());
            steps.finish(2);
        });
    }

    /** A task cleans up before it ends, and that is still under the guard. */
    @ParameterizedTest
    @MethodSource("guards")
    void whoIsCancelledInTheBodyReleasesWhenTheBodyHasEnded(Guard guard, Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var result = guard.with()
                    .body(() -> Asyncio.createTask(() -> {
                        try {
                            await(sleep(SECOND.multipliedBy(9)));
                        } finally {
                            await(sleep(SECOND));
                            assertTrue(guard.isHeld().getAsBoolean());
                            steps.expect(1);
                        }
                    }));
            await(sleep(TICK));
            result.cancel();
            assertThrows(CancellationException.class, () -> await(result));
            assertFalse(guard.isHeld().getAsBoolean());
            assertEquals(SECOND, VirtualTime.elapsed());
            steps.finish(2);
        });
    }

    @ParameterizedTest
    @MethodSource("guards")
    void withoutABodyNothingIsAcquired(Guard guard) throws Exception {
        VirtualTime.run(() -> {
            assertThrows(NullPointerException.class, () -> guard.with().body(null));
            assertFalse(guard.isHeld().getAsBoolean());
        });
    }

    @ParameterizedTest
    @MethodSource("guards")
    void aHundredThousandBodiesOneAfterTheOther(Guard guard) throws Exception {
        var count = new int[1];
        VirtualTime.run(() -> {
            var start = EventLoop.current().<Integer>createFuture();
            guard.with().body(() -> start);
            LoopFuture<Integer> last = null;
            for (var i = 0; i < 100_000; i++) {
                last = guard.with().body(() -> CompletableFuture.completedFuture(++count[0]));
            }
            start.complete(0);
            assertEquals(100_000, await(last));
            assertFalse(guard.isHeld().getAsBoolean());
        });
    }
}
