package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Ending.napStage;

import io.jasyncio.Asyncio;
import io.jasyncio.sync.AsyncCondition;
import io.jasyncio.sync.AsyncLock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** S85 and S87 in stage style. */
class ConditionsStage {

    private final AsyncCondition condition = new AsyncCondition();

    /** Has a task for each name wait for a signal. */
    private static void startWaiters(Trace trace, AsyncCondition condition, String... names) {
        for (var name : names) {
            createStageTask(() -> condition
                    .lock()
                    .withLockAsync(() -> condition.waitAsync().thenRun(() -> trace.add(name, "goes on at", millis()))));
        }
    }

    /** Does something with the lock, which must be free, and does not wait meanwhile. */
    private static Runnable with(AsyncCondition condition, Runnable action) {
        return () -> {
            condition.tryAcquire();
            action.run();
            condition.release();
        };
    }

    @Twin("a_signal_wakes_whoever_waits_longest")
    CompletionStage<?> aSignalWakesWhoeverWaitsLongest(Trace trace) {
        startWaiters(trace, condition, "a", "b", "c");
        var signal = with(condition, condition::signal);
        return secondBySecond(signal, signal, signal);
    }

    @Twin("a_signal_may_wake_several_in_their_order")
    CompletionStage<?> aSignalMayWakeSeveralInTheirOrder(Trace trace) {
        startWaiters(trace, condition, "a", "b", "c", "d");
        return secondBySecond(Stream.of(0, 2, 5)
                .map(count -> with(condition, () -> {
                    trace.add("signal", count);
                    condition.signal(count);
                }))
                .toArray(Runnable[]::new));
    }

    @Twin("several_signals_in_one_pass_wake_as_many")
    CompletionStage<?> severalSignalsInOnePassWakeAsMany(Trace trace) {
        startWaiters(trace, condition, "a", "b", "c");
        return secondBySecond(
                with(condition, () -> {
                    condition.signal();
                    condition.signal();
                }),
                with(condition, () -> {
                    trace.add("signal");
                    condition.signal();
                }));
    }

    @Twin("a_signal_for_all_lets_one_after_the_other_have_the_lock")
    CompletionStage<?> aSignalForAllLetsOneAfterTheOtherHaveTheLock(Trace trace) {
        Supplier<CompletionStage<Void>> signalled = condition::waitAsync;
        var tasks = Stream.of("a", "b", "c")
                .map(name -> createStageTask(() -> condition
                        .lock()
                        .withLockAsync(() -> signalled.get().thenCompose(held -> {
                            trace.add(name, "in at", millis());
                            return napStage(1);
                        }))
                        .thenRun(() -> trace.add(name, "out at", millis()))))
                .toList();
        return secondBySecond(with(condition, condition::signalAll)).thenCompose(signal -> Asyncio.wait(tasks));
    }

    @Twin("a_signal_does_not_release_the_lock")
    CompletionStage<?> aSignalDoesNotReleaseTheLock(Trace trace) {
        startWaiters(trace, condition, "a");
        return napStage(1)
                .thenCompose(slept -> condition.lock().withLockAsync(() -> {
                    condition.signalAll();
                    return napStage(2).thenRun(() -> trace.add("still in at", millis()));
                }))
                .thenCompose(released -> napStage(1));
    }

    @Twin("a_wait_releases_the_lock_and_has_it_again_at_its_end")
    CompletionStage<?> aWaitReleasesTheLockAndHasItAgainAtItsEnd(Trace trace) {
        createStageTask(() -> condition
                .lock()
                .withLockAsync(() -> {
                    trace.add("before", condition.isLocked());
                    return condition.waitAsync().thenRun(() -> trace.add("after", condition.isLocked()));
                })
                .thenRun(() -> trace.add("outside", condition.isLocked())));
        return secondBySecond(() -> {
            trace.add("during", condition.isLocked());
            with(condition, condition::signal).run();
        });
    }

    @Twin("a_woken_waiter_takes_its_turn_for_the_lock")
    CompletionStage<?> aWokenWaiterTakesItsTurnForTheLock(Trace trace) {
        startWaiters(trace, condition, "a");
        return secondBySecond(
                () -> {
                    condition.tryAcquire();
                    createStageTask(() -> condition.acquireAsync().thenRun(() -> {
                        trace.add("taker in at", millis());
                        condition.release();
                    }));
                },
                condition::signal,
                condition::release);
    }

    @Twin("a_wake_up_takes_one_pass")
    CompletionStage<?> aWakeUpTakesOnePass(Trace trace) {
        var passes = new Passes[1];
        var tasks = Stream.of("a", "b")
                .map(name -> createStageTask(() -> condition
                        .acquireAsync()
                        .thenCompose(held -> condition.waitAsync())
                        .thenRun(() -> {
                            trace.add(name, "after", passes[0].count());
                            condition.release();
                        })))
                .toList();
        return napStage(1)
                .thenRun(with(condition, () -> {
                    passes[0] = Passes.start();
                    condition.signalAll();
                }))
                .thenCompose(signalled -> Asyncio.wait(tasks))
                .thenRun(() -> passes[0].stop());
    }

    @Twin("a_signal_that_nobody_waits_for_is_lost")
    CompletionStage<?> aSignalThatNobodyWaitsForIsLost(Trace trace) {
        with(condition, () -> {
                    condition.signal();
                    condition.signalAll();
                })
                .run();
        startWaiters(trace, condition, "a");
        return secondBySecond(with(condition, () -> {
            trace.add("signal");
            condition.signal();
        }));
    }

    @Twin("a_wait_for_a_predicate_goes_on_when_it_holds")
    CompletionStage<?> aWaitForAPredicateGoesOnWhenItHolds(Trace trace) {
        var value = new int[1];
        BooleanSupplier enough = () -> {
            trace.add("asked with", value[0], "locked", condition.isLocked());
            return value[0] >= 2;
        };
        createStageTask(() -> condition
                .lock()
                .withLockAsync(() -> condition
                        .waitForAsync(enough)
                        .thenRun(() -> trace.add("goes on with", value[0]))
                        .thenCompose(held -> condition.waitForAsync(enough))));
        var increment = with(condition, () -> {
            value[0]++;
            condition.signal();
        });
        return secondBySecond(increment, increment);
    }

    @Twin("without_the_lock_there_is_no_waiting_and_no_signal")
    CompletionStage<?> withoutTheLockThereIsNoWaitingAndNoSignal(Trace trace) {
        startWaiters(trace, condition, "a");
        var uses = List.<Runnable>of(condition::signal, condition::signalAll, condition::release, condition::waitAsync);
        return secondBySecond(() -> {
            uses.forEach(use -> {
                try {
                    use.run();
                } catch (IllegalStateException refused) {
                    trace.add(refused, "locked", condition.isLocked());
                }
            });
            with(condition, condition::signal).run();
        });
    }

    @Twin("two_conditions_may_share_a_lock")
    CompletionStage<?> twoConditionsMayShareALock(Trace trace) {
        var lock = new AsyncLock();
        var full = new AsyncCondition(lock);
        var empty = new AsyncCondition(lock);
        startWaiters(trace, full, "full");
        return secondBySecond(
                () -> startWaiters(trace, empty, "empty"),
                with(full, () -> {
                    trace.add("locked", lock.isLocked(), empty.isLocked());
                    empty.signalAll();
                }),
                () -> {
                    trace.add("signal");
                    lock.tryAcquire();
                    full.signalAll();
                    lock.release();
                });
    }
}
