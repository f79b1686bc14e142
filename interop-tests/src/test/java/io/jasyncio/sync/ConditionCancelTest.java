package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever waits for a condition ends with the lock held, whatever happens (S85), and eats nobody's signal (S86). */
@ExtendWith(AsyncioExtension.class)
class ConditionCancelTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AsyncCondition condition = new AsyncCondition();

    /** Its {@code close} would fail if the lock were not held. */
    private Task<?> waiting() {
        return createTask(() -> {
            try (var held = await(condition.holdAsync())) {
                await(condition.waitAsync());
            } finally {
                assertFalse(condition.isLocked());
            }
        });
    }

    private static void assertCancelled(String message, Task<?> task) {
        var cancelled = assertThrows(CancellationException.class, () -> await(task));
        assertEquals(message, cancelled.getMessage());
    }

    @OnEachCarrier
    void whoIsCancelledComesBackWithTheLock(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var waiting = waiting();
            await(sleep(TICK));
            waiting.cancel("enough");
            assertCancelled("enough", waiting);
        });
    }

    @OnEachCarrier
    void whoIsCancelledWaitsForTheLock(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var waiting = waiting();
            await(sleep(TICK));
            await(condition.acquireAsync());
            waiting.cancel("enough");
            await(sleep(SECOND));
            assertFalse(waiting.isDone());
            steps.expect(1);
            condition.release();
            assertCancelled("enough", waiting);
            steps.finish(2);
        });
    }

    @OnEachCarrier
    void whoIsCancelledOnTheWayToTheLockComesBackWithItNevertheless(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var waiting = waiting();
            await(sleep(TICK));
            await(condition.acquireAsync());
            condition.signal();
            await(sleep(SECOND));
            waiting.cancel("on the way");
            await(sleep(SECOND));
            assertFalse(waiting.isDone());
            condition.release();
            assertCancelled("on the way", waiting);
        });
    }

    @OnEachCarrier
    void ofSeveralRequestsTheLastOneIsHeard(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var waiting = waiting();
            await(sleep(TICK));
            await(condition.acquireAsync());
            for (var message : new String[] {"first", "second", "last"}) {
                waiting.cancel(message);
                await(sleep(SECOND));
            }
            assertFalse(waiting.isDone());
            condition.release();
            assertCancelled("last", waiting);
        });
    }

    @OnEachCarrier
    void whoIsCancelledInThePassOfTheLockHasIt(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var waiting = waiting();
            await(sleep(TICK));
            await(condition.acquireAsync());
            condition.signal();
            await(sleep(SECOND));
            condition.release();
            waiting.cancel("too late");
            assertCancelled("too late", waiting);
            assertTrue(condition.tryAcquire());
        });
    }

    @OnEachCarrier
    void aSignalToTheCancelledGoesToTheNext(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var leaves = waiting();
            var next = waiting();
            await(sleep(TICK));
            await(condition.acquireAsync());
            condition.signal();
            leaves.cancel("too late");
            condition.release();
            assertCancelled("too late", leaves);
            await(next);
        });
    }

    @OnEachCarrier
    void aSignalToWhoIsCancelledOnTheWayToTheLockGoesToTheNext(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var leaves = waiting();
            var next = waiting();
            await(sleep(TICK));
            await(condition.acquireAsync());
            condition.signal();
            await(sleep(SECOND));
            leaves.cancel("on the way");
            condition.release();
            assertCancelled("on the way", leaves);
            await(next);
        });
    }

    /** He asks his predicate, finds that nothing has changed and waits on: a wake-up without a reason harms nobody. */
    @OnEachCarrier
    void aWakeUpWithoutAReasonIsWaitedOut(Carrier carrier) throws Exception {
        var ready = new boolean[1];
        VirtualTime.run(carrier, () -> {
            var leaves = waiting();
            var stays = createTask(() -> {
                try (var held = await(condition.holdAsync())) {
                    await(condition.waitForAsync(() -> ready[0]));
                }
            });
            await(sleep(TICK));
            leaves.cancel("enough");
            assertCancelled("enough", leaves);
            await(sleep(SECOND));
            assertFalse(stays.isDone());
            try (var held = await(condition.holdAsync())) {
                ready[0] = true;
                condition.signal();
            }
            await(stays);
        });
    }

    @OnEachCarrier
    void aPredicateIsNotAskedAfterACancellation(Carrier carrier, Steps steps) throws Exception {
        var asked = new int[1];
        VirtualTime.run(carrier, () -> {
            var waiting = createTask(() -> {
                await(condition.acquireAsync());
                try {
                    await(condition.waitForAsync(() -> ++asked[0] == 2));
                    steps.unreached();
                } finally {
                    condition.release();
                }
            });
            await(sleep(TICK));
            await(condition.acquireAsync());
            condition.signal();
            waiting.cancel("enough");
            condition.release();
            assertCancelled("enough", waiting);
            assertEquals(1, asked[0]);
            steps.finish(1);
        });
    }

    @OnEachCarrier
    void aDeadlineIsHeardWhenTheLockIsThere(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var waiting = createTask(() -> {
                await(condition.acquireAsync());
                assertThrows(TimeoutException.class, () -> await(waitFor(condition.waitAsync(), SECOND)));
                assertEquals(Duration.ofSeconds(3), VirtualTime.elapsed());
                condition.release();
            });
            await(sleep(TICK));
            await(condition.acquireAsync());
            await(sleep(Duration.ofSeconds(3)));
            condition.release();
            await(waiting);
        });
    }

    @OnEachCarrier
    void aTimeoutBlockInThePassOfTheSignalEndsWithTheLock(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            EventLoop.current().callLater(SECOND, () -> {
                assertTrue(condition.tryAcquire());
                condition.signal();
                condition.release();
            });
            await(condition.acquireAsync());
            assertThrows(TimeoutException.class, () -> Asyncio.timeout(SECOND, () -> await(condition.waitAsync())));
            assertTrue(condition.isLocked());
            condition.release();
        });
    }

    @Test
    void anotherThreadMayCancel() throws Exception {
        VirtualTime.run(() -> {
            await(condition.acquireAsync());
            var wait = condition.waitAsync();
            assertTrue(await(toThread(() -> wait.cancel("from outside"))));
            assertThrows(CancellationException.class, () -> await(wait));
            assertTrue(condition.isLocked());
        });
    }

    /** In stage style the one who waited has the lock, too. */
    @Test
    void theFutureEndsWithTheLockHeld() throws Exception {
        VirtualTime.run(() -> {
            await(condition.acquireAsync());
            var wait = condition.waitAsync();
            assertTrue(wait.cancel("enough"));
            assertFalse(wait.isDone());
            assertFalse(condition.isLocked());
            await(sleep(TICK));
            assertTrue(wait.isCancelled());
            assertTrue(condition.isLocked());
        });
    }

    /** A way to end a future by hand. */
    record ByHand(String name, Consumer<LoopFuture<Void>> end) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<ByHand> waysToEndAFuture() {
        return Stream.of(
                new ByHand("complete", wait -> wait.complete(null)),
                new ByHand("completeExceptionally", wait -> wait.completeExceptionally(new RuntimeException())),
                new ByHand("orTimeout", wait -> wait.orTimeout(1, TimeUnit.SECONDS)),
                new ByHand("completeOnTimeout", wait -> wait.completeOnTimeout(null, 1, TimeUnit.SECONDS)));
    }

    /** It would end without the lock. */
    @ParameterizedTest
    @MethodSource("waysToEndAFuture")
    void cannotBeEndedByHand(ByHand way) throws Exception {
        VirtualTime.run(() -> {
            await(condition.acquireAsync());
            var wait = condition.waitAsync();
            var refused = assertThrows(
                    UnsupportedOperationException.class, () -> way.end().accept(wait));
            assertTrue(refused.getMessage().contains("use cancel()"), refused.getMessage());
            assertTrue(refused.getMessage().contains("waitFor(wait, timeout)"), refused.getMessage());
            assertTrue(condition.tryAcquire());
            condition.signal();
            condition.release();
            await(wait);
            assertTrue(condition.isLocked());
        });
    }

    @Test
    void aHundredThousandAreCancelledAndTakeTheLockOneAfterTheOther() throws Exception {
        VirtualTime.run(() -> {
            var waits = Stream.generate(() -> {
                        assertTrue(condition.tryAcquire());
                        return condition.waitAsync();
                    })
                    .limit(100_000)
                    .toList();
            waits.forEach(wait -> wait.whenComplete((nothing, failure) -> condition.release()));
            for (var i = 0; i < 50_000; i++) {
                waits.get(49_999 - i).cancel();
                waits.get(50_000 + i).cancel();
            }
            assertThrows(CancellationException.class, () -> await(waits.get(99_999)));
            assertTrue(waits.stream().allMatch(LoopFuture::isCancelled));
            assertEquals("AsyncCondition[unlocked, 0 waiting]", condition.toString());
        });
    }
}
