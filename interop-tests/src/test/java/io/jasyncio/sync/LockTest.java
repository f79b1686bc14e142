package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.Resources.using;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.ContextVar;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mutex for tasks (S80-S82). What it shares with every other wait is in {@link EveryWaitTest}. */
@ExtendWith(AsyncioExtension.class)
class LockTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AsyncLock lock = new AsyncLock();

    // ---- A free lock -----------------------------------------------------------------------------------------------

    @Test
    void isFreeAtFirst() {
        assertFalse(lock.isLocked());
        assertTrue(lock.tryAcquire());
        assertTrue(lock.isLocked());
    }

    @OnEachCarrier
    void aFreeLockIsTakenWithoutWaiting(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var other = createTask(() -> steps.expect(2));
            var acquired = lock.acquireAsync();
            assertTrue(acquired.isDone());
            await(acquired);
            assertTrue(lock.isLocked());
            steps.expect(1);
            await(other);
            steps.finish(3);
        });
    }

    /** Which allocates nothing. */
    @Test
    void aFreeLockAnswersWithOneAndTheSameFuture() throws Exception {
        VirtualTime.run(() -> {
            var answer = lock.acquireAsync();
            lock.release();
            assertSame(answer, lock.acquireAsync());
            assertSame(answer, new AsyncLock().acquireAsync());
        });
    }

    // ---- A lock that is held ---------------------------------------------------------------------------------------

    @Test
    void isNotReentrant() throws Exception {
        VirtualTime.run(() -> {
            await(lock.acquireAsync());
            assertFalse(lock.tryAcquire());
            assertThrows(TimeoutException.class, () -> await(waitFor(lock.acquireAsync(), SECOND)));
            assertTrue(lock.isLocked());
        });
    }

    @OnEachCarrier
    void anyTaskMayRelease(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            await(lock.acquireAsync());
            await(createTask(lock::release));
            assertFalse(lock.isLocked());
        });
    }

    /** S80. */
    @Test
    void isFreeBetweenTheReleaseAndTheTurnButNobodyCanBargeIn() throws Exception {
        VirtualTime.run(() -> {
            await(lock.acquireAsync());
            var first = lock.acquireAsync();
            lock.release();
            assertFalse(lock.isLocked());
            assertFalse(lock.tryAcquire());
            var late = lock.acquireAsync();
            assertFalse(late.isDone());
            await(first);
            assertTrue(lock.isLocked());
            assertFalse(late.isDone());
            lock.release();
            await(late);
        });
    }

    @OnEachCarrier
    void whoReleasesAndAcquiresAgainGoesBehind(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            await(lock.acquireAsync());
            createTask(() -> {
                await(lock.acquireAsync());
                steps.expect(2);
                lock.release();
            });
            await(sleep(TICK));
            steps.expect(1);
            lock.release();
            await(lock.acquireAsync());
            steps.finish(3);
        });
    }

    /** S82. */
    @Test
    void aLineOfTheCancelledCountsAsEmpty() throws Exception {
        VirtualTime.run(() -> {
            await(lock.acquireAsync());
            var one = createTask(() -> await(lock.acquireAsync()));
            var other = createTask(() -> await(lock.acquireAsync()));
            await(sleep(TICK));
            one.cancel();
            other.cancel();
            lock.release();
            assertTrue(lock.tryAcquire());
        });
    }

    /** All of them are woken one after the other, and none of them takes it. */
    @Test
    void theWakeUpIsPassedOnUntilSomebodyTakesIt() throws Exception {
        VirtualTime.run(() -> {
            await(lock.acquireAsync());
            var waits = Stream.generate(lock::acquireAsync).limit(3).toList();
            lock.release();
            waits.get(0).cancel();
            await(sleep(TICK));
            waits.get(1).cancel();
            await(waits.get(2));
            assertTrue(lock.isLocked());
            assertTrue(waits.get(0).isCancelled());
            assertTrue(waits.get(1).isCancelled());
        });
    }

    @OnEachCarrier
    void keepsTasksApartAcrossAwaits(Carrier carrier) throws Exception {
        var counter = new int[1];
        VirtualTime.run(carrier, () -> {
            var tasks = new ArrayList<Task<?>>();
            for (var i = 0; i < 10; i++) {
                tasks.add(createTask(() -> {
                    for (var round = 0; round < 3; round++) {
                        try (var held = await(lock.holdAsync())) {
                            var seen = counter[0];
                            await(sleep(SECOND));
                            counter[0] = seen + 1;
                        }
                    }
                }));
            }
            await(gather(tasks));
            assertEquals(30, counter[0]);
            assertEquals(Duration.ofSeconds(30), VirtualTime.elapsed());
        });
    }

    /** The turn belongs to the lock, but the step in it to the task. */
    @OnEachCarrier
    void whoGoesOnIsTheCurrentTaskInItsContext(Carrier carrier) throws Exception {
        var name = new ContextVar<>("name", "nobody");
        VirtualTime.run(carrier, () -> {
            await(lock.acquireAsync());
            var task = createTask(() -> {
                name.set("the waiter");
                var self = currentTask();
                await(lock.acquireAsync());
                assertSame(self, currentTask());
                assertEquals("the waiter", name.get());
            });
            await(sleep(TICK));
            lock.release();
            await(task);
            assertEquals("nobody", name.get());
        });
    }

    @OnEachCarrier
    void theEndOfTheProgramEndsWhoeverWaits(Carrier carrier) throws Exception {
        var tasks = VirtualTime.run(carrier, () -> {
            var all = new ArrayList<Task<?>>();
            for (var i = 0; i < 3; i++) {
                all.add(createTask(() -> {
                    try (var held = await(lock.holdAsync())) {
                        await(sleep(SECOND));
                    }
                }));
            }
            await(sleep(TICK));
            return all;
        });
        assertTrue(tasks.stream().allMatch(Task::isCancelled));
        assertFalse(lock.isLocked());
    }

    // ---- Misuse ----------------------------------------------------------------------------------------------------

    /** S81. */
    @Test
    void aReleaseOfWhatNobodyHoldsIsRefused() throws Exception {
        var refused = assertThrows(IllegalStateException.class, lock::release);
        assertEquals("release() of a lock that nobody holds: AsyncLock[unlocked, 0 waiting]", refused.getMessage());
        assertFalse(lock.isLocked());
        VirtualTime.run(() -> assertTrue(lock.acquireAsync().isDone()));
    }

    @Test
    void aSecondReleaseBeforeTheTurnIsRefusedAndTheNextOneGetsTheLockOnce() throws Exception {
        VirtualTime.run(() -> {
            await(lock.acquireAsync());
            var first = lock.acquireAsync();
            var second = lock.acquireAsync();
            lock.release();
            assertThrows(IllegalStateException.class, lock::release);
            await(first);
            await(sleep(TICK));
            assertFalse(second.isDone());
            assertTrue(lock.isLocked());
        });
    }

    @Test
    void saysHowItIs() throws Exception {
        assertEquals("AsyncLock[unlocked, 0 waiting]", lock.toString());
        VirtualTime.run(() -> {
            await(lock.acquireAsync());
            lock.acquireAsync();
            var woken = lock.acquireAsync();
            assertEquals("AsyncLock[locked, 2 waiting]", lock.toString());
            lock.release();
            assertEquals("AsyncLock[unlocked, 2 waiting]", lock.toString());
            assertFalse(woken.isDone());
        });
    }

    // ---- As a resource ---------------------------------------------------------------------------------------------

    @OnEachCarrier
    void isAResource(Carrier carrier) throws Exception {
        var problem = new IOException("in the body");
        VirtualTime.run(carrier, () -> {
            assertSame(lock, using(lock, held -> {
                assertTrue(held.isLocked());
                return held;
            }));
            assertFalse(lock.isLocked());
            assertSame(
                    problem,
                    assertThrows(
                            IOException.class,
                            () -> using(lock, held -> {
                                throw problem;
                            })));
            assertFalse(lock.isLocked());
        });
    }

    @OnEachCarrier
    void aResourceThatIsCancelledAfterTheWakeUpIsNotEntered(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            await(lock.acquireAsync());
            var task = createTask(() -> {
                using(lock, held -> {
                    steps.unreached();
                    return null;
                });
            });
            await(sleep(TICK));
            lock.release();
            task.cancel();
            assertThrows(CancellationException.class, () -> await(task));
            assertTrue(lock.tryAcquire());
            steps.finish(1);
        });
    }

    // ---- A hundred thousand ----------------------------------------------------------------------------------------

    @Test
    void aHundredThousandReleaseItOneAfterTheOther() throws Exception {
        var order = new ArrayList<Integer>();
        VirtualTime.run(() -> {
            await(lock.acquireAsync());
            LoopFuture<?> last = null;
            for (var i = 0; i < 100_000; i++) {
                var number = i;
                last = (LoopFuture<?>) lock.acquireAsync().thenRun(() -> {
                    order.add(number);
                    lock.release();
                });
            }
            lock.release();
            await(last);
            assertEquals(100_000, order.size());
            assertEquals(order.stream().sorted().toList(), order);
            assertTrue(lock.tryAcquire());
        });
    }
}
