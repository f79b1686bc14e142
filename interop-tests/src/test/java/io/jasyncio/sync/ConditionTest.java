package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.Resources.using;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Waiting for a signal under a lock (S85-S87). What a cancellation does is in {@link ConditionCancelTest}. */
@ExtendWith(AsyncioExtension.class)
class ConditionTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AsyncCondition condition = new AsyncCondition();

    /** A task that has the lock, waits for a signal and says what it has come to. */
    private Task<?> waiting(Runnable thenWithTheLock) {
        return createTask(() -> {
            try (var held = await(condition.holdAsync())) {
                await(condition.waitAsync());
                assertTrue(condition.isLocked());
                thenWithTheLock.run();
            }
        });
    }

    // ---- Waiting and signalling ------------------------------------------------------------------------------------

    @OnEachCarrier
    void waitingLetsGoOfTheLockAndComesBackWithIt(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var waiting = waiting(() -> steps.expect(3));
            await(sleep(TICK));
            assertFalse(condition.isLocked());
            steps.expect(1);
            await(condition.acquireAsync());
            condition.signal();
            steps.expect(2);
            condition.release();
            await(waiting);
            assertFalse(condition.isLocked());
            steps.finish(4);
        });
    }

    /** S87. */
    @OnEachCarrier
    void aSignalDoesNotLetGoOfTheLock(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var waiting = waiting(() -> steps.expect(2));
            await(sleep(TICK));
            using(condition, held -> {
                condition.signal();
                await(sleep(SECOND));
                steps.expect(1);
                return null;
            });
            await(waiting);
            steps.finish(3);
        });
    }

    @OnEachCarrier
    void signalsWakeAsManyAsWantedInTheirOrder(Carrier carrier) throws Exception {
        var woken = new ArrayList<Integer>();
        VirtualTime.run(carrier, () -> {
            for (var number = 1; number <= 5; number++) {
                var name = number;
                waiting(() -> woken.add(name));
            }
            await(sleep(TICK));
            signalling(() -> condition.signal(2));
            assertEquals(List.of(1, 2), woken);
            signalling(condition::signal);
            assertEquals(List.of(1, 2, 3), woken);
            signalling(() -> condition.signal(0));
            assertEquals(List.of(1, 2, 3), woken);
            signalling(condition::signalAll);
            assertEquals(List.of(1, 2, 3, 4, 5), woken);
        });
    }

    private void signalling(Runnable signal) throws Exception {
        try (var held = await(condition.holdAsync())) {
            signal.run();
        }
        await(sleep(SECOND));
    }

    @Test
    void aSignalThatNobodyWaitsForIsForgotten() throws Exception {
        VirtualTime.run(() -> {
            await(condition.acquireAsync());
            condition.signal();
            condition.signal(3);
            condition.signalAll();
            var wait = condition.waitAsync();
            await(sleep(SECOND));
            assertFalse(wait.isDone());
        });
    }

    @Test
    void conditionsMayShareALock() throws Exception {
        var lock = new AsyncLock();
        var one = new AsyncCondition(lock);
        var other = new AsyncCondition(lock);
        assertSame(lock, one.lock());
        VirtualTime.run(() -> {
            await(one.acquireAsync());
            var waitsForOne = one.waitAsync();
            await(other.acquireAsync());
            var waitsForOther = other.waitAsync();
            await(lock.acquireAsync());
            other.signal();
            lock.release();
            await(waitsForOther);
            assertFalse(waitsForOne.isDone());
            one.signal();
            other.release();
            await(waitsForOne);
            assertTrue(lock.isLocked());
        });
    }

    @OnEachCarrier
    void guardsABufferOfThree(Carrier carrier) throws Exception {
        var buffer = new ArrayDeque<Integer>();
        var taken = new ArrayList<Integer>();
        VirtualTime.run(carrier, () -> {
            var notFull = new AsyncCondition(condition.lock());
            var workers = new ArrayList<Task<?>>();
            for (var producer = 0; producer < 2; producer++) {
                workers.add(createTask(() -> {
                    for (var item = 0; item < 10; item++) {
                        try (var held = await(notFull.holdAsync())) {
                            await(notFull.waitForAsync(() -> buffer.size() < 3));
                            buffer.add(item);
                            assertTrue(buffer.size() <= 3);
                            condition.signal();
                        }
                    }
                }));
                workers.add(createTask(() -> {
                    for (var item = 0; item < 10; item++) {
                        try (var held = await(condition.holdAsync())) {
                            await(condition.waitForAsync(() -> !buffer.isEmpty()));
                            taken.add(buffer.remove());
                            notFull.signal();
                        }
                    }
                }));
            }
            await(gather(workers));
            assertEquals(20, taken.size());
            assertEquals(90, taken.stream().mapToInt(item -> item).sum());
        });
    }

    // ---- Waiting for a predicate -----------------------------------------------------------------------------------

    @OnEachCarrier
    void whatIsTrueAlreadyIsNotWaitedForAndTheLockIsKept(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var other = createTask(() -> steps.expect(2));
            await(condition.acquireAsync());
            assertSame(condition.waitForAsync(() -> true), condition.waitForAsync(condition::isLocked));
            await(condition.waitForAsync(() -> true));
            steps.expect(1);
            assertTrue(condition.isLocked());
            await(other);
            steps.finish(3);
        });
    }

    @OnEachCarrier
    void isAskedWithTheLockHeldAfterEachWakeUp(Carrier carrier) throws Exception {
        var answers = new ArrayDeque<>(List.of(false, false, true));
        VirtualTime.run(carrier, () -> {
            var waiting = createTask(() -> {
                await(condition.acquireAsync());
                await(condition.waitForAsync(() -> {
                    assertTrue(condition.isLocked());
                    return answers.remove();
                }));
                assertTrue(condition.isLocked());
                condition.release();
            });
            await(sleep(TICK));
            assertEquals(2, answers.size());
            signalling(condition::signal);
            assertEquals(1, answers.size());
            assertFalse(waiting.isDone());
            assertFalse(condition.isLocked());
            signalling(condition::signal);
            await(waiting);
        });
    }

    @OnEachCarrier
    void aPredicateThatThrowsLeavesTheLockHeld(Carrier carrier) throws Exception {
        var problem = new IllegalArgumentException("cannot tell");
        VirtualTime.run(carrier, () -> {
            await(condition.acquireAsync());
            assertSame(
                    problem,
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> await(condition.waitForAsync(() -> {
                                throw problem;
                            }))));
            assertTrue(condition.isLocked());
        });
    }

    @OnEachCarrier
    void aPredicateThatThrowsAfterAWakeUpLeavesTheLockHeld(Carrier carrier) throws Exception {
        var problem = new IllegalArgumentException("cannot tell any more");
        var asked = new int[1];
        VirtualTime.run(carrier, () -> {
            var waiting = createTask(() -> {
                await(condition.acquireAsync());
                assertSame(
                        problem,
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> await(condition.waitForAsync(() -> {
                                    if (++asked[0] == 2) {
                                        throw problem;
                                    }
                                    return false;
                                }))));
                assertTrue(condition.isLocked());
                condition.release();
            });
            await(sleep(TICK));
            signalling(condition::signal);
            await(waiting);
        });
    }

    // ---- Misuse ----------------------------------------------------------------------------------------------------

    /**
     * What wants the lock.
     *
     * @param name of the method
     */
    record Use(String name, Consumer<AsyncCondition> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Use> usesThatWantTheLock() {
        return Stream.of(
                new Use("waitAsync", AsyncCondition::waitAsync),
                new Use("waitForAsync", condition -> condition.waitForAsync(() -> true)),
                new Use("signal", AsyncCondition::signal),
                new Use("signal", condition -> condition.signal(2)),
                new Use("signalAll", AsyncCondition::signalAll));
    }

    /** S87. */
    @ParameterizedTest
    @MethodSource("usesThatWantTheLock")
    void withoutTheLockItIsRefusedAndNobodyIsWoken(Use use) throws Exception {
        VirtualTime.run(() -> {
            await(condition.acquireAsync());
            var wait = condition.waitAsync();
            var refused =
                    assertThrows(IllegalStateException.class, () -> use.of().accept(condition));
            assertEquals(
                    use.name() + "() on a condition whose lock nobody holds: acquire it first,"
                            + " AsyncCondition[unlocked, 1 waiting]",
                    refused.getMessage());
            await(sleep(SECOND));
            assertFalse(wait.isDone());
            assertFalse(condition.isLocked());
        });
    }

    @ParameterizedTest
    @MethodSource("usesThatWantTheLock")
    void anotherThreadIsRefused(Use use) throws Exception {
        VirtualTime.run(() -> {
            await(condition.acquireAsync());
            condition.waitAsync();
            await(condition.acquireAsync());
            var refused = await(toThread(() ->
                    assertThrows(IllegalStateException.class, () -> use.of().accept(condition))));
            assertTrue(refused.getMessage().startsWith(use.name() + "() was called from thread"), refused.getMessage());
            assertTrue(refused.getMessage().contains("loop.submit("), refused.getMessage());
        });
    }

    @Test
    void aNegativeNumberCannotBeWoken() throws Exception {
        VirtualTime.run(() -> {
            await(condition.acquireAsync());
            var refused = assertThrows(IllegalArgumentException.class, () -> condition.signal(-1));
            assertEquals("cannot wake -1 waiters", refused.getMessage());
        });
    }

    @Test
    void aReleaseOfWhatNobodyHoldsIsRefused() {
        var refused = assertThrows(IllegalStateException.class, condition::release);
        assertEquals("release() of a lock that nobody holds: AsyncLock[unlocked, 0 waiting]", refused.getMessage());
    }

    @Test
    void thereIsNoneWithoutALockOrAPredicate() throws Exception {
        assertThrows(NullPointerException.class, () -> new AsyncCondition(null));
        VirtualTime.run(() -> {
            assertTrue(condition.tryAcquire());
            assertFalse(condition.tryAcquire());
            assertThrows(NullPointerException.class, () -> condition.waitForAsync(null));
            assertTrue(condition.isLocked());
        });
    }

    /** S89, and nobody is left in the line of the condition. */
    @Test
    void aLockOfAnotherLoopIsRefused() throws Exception {
        var lock = condition.lock();
        VirtualTime.run(() -> {
            await(lock.acquireAsync());
            lock.acquireAsync().cancel();
        });
        VirtualTime.run(() -> {
            var refused = assertThrows(IllegalStateException.class, condition::waitAsync);
            assertTrue(refused.getMessage().contains("is bound to a different event loop"), refused.getMessage());
            assertEquals("AsyncCondition[locked, 0 waiting]", condition.toString());
        });
    }

    // ---- A hundred thousand ----------------------------------------------------------------------------------------

    @Test
    void aHundredThousandAreWokenAndTakeTheLockOneAfterTheOther() throws Exception {
        VirtualTime.run(() -> {
            LoopFuture<?> last = null;
            for (var i = 0; i < 100_000; i++) {
                assertTrue(condition.tryAcquire());
                last = (LoopFuture<?>) condition.waitAsync().thenRun(condition::release);
            }
            await(condition.acquireAsync());
            condition.signalAll();
            condition.release();
            await(last);
            assertEquals("AsyncCondition[unlocked, 0 waiting]", condition.toString());
        });
    }
}
