package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Contenders.startTimedStage;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.sync.AsyncLock;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S80 and S81 in stage style. */
class LocksStage {

    @Twin("a_free_lock_is_taken_at_once")
    CompletionStage<?> aFreeLockIsTakenAtOnce(Trace trace) {
        var lock = new AsyncLock();
        trace.add("locked", lock.isLocked());
        var passes = Passes.start();
        return lock.acquireAsync().thenRun(() -> {
            trace.add("passes", passes.stop(), "locked", lock.isLocked());
            lock.release();
            trace.add("locked", lock.isLocked());
        });
    }

    @Twin("waiters_get_the_lock_in_the_order_in_which_they_came")
    CompletionStage<?> waitersGetTheLockInTheOrderInWhichTheyCame(Trace trace) {
        var lock = new AsyncLock();
        var workers = Stream.of("a", "b", "c")
                .map(name -> createStageTask(() -> lock.withLockAsync(() -> {
                            trace.add(name, "in at", millis());
                            return napStage(1);
                        })
                        .thenRun(() -> trace.add(name, "out at", millis()))))
                .toList();
        return gather(workers).thenRun(() -> trace.add("locked", lock.isLocked()));
    }

    @Twin("the_lock_is_free_until_the_next_waiter_runs")
    CompletionStage<?> theLockIsFreeUntilTheNextWaiterRuns(Trace trace) {
        var lock = new AsyncLock();
        lock.tryAcquire();
        startTimedStage(trace, "a", lock::acquireAsync);
        return secondBySecond(
                () -> {
                    lock.release();
                    trace.add("locked", lock.isLocked());
                },
                () -> trace.add("locked", lock.isLocked()));
    }

    @Twin("a_hand_over_takes_one_pass")
    CompletionStage<?> aHandOverTakesOnePass(Trace trace) {
        var lock = new AsyncLock();
        lock.tryAcquire();
        var passes = new Passes[1];
        var workers = Stream.of("a", "b", "c")
                .map(name -> createStageTask(() -> lock.acquireAsync().thenRun(() -> {
                    trace.add(name, "after", passes[0].count());
                    lock.release();
                })))
                .toList();
        return napStage(1)
                .thenRun(() -> {
                    passes[0] = Passes.start();
                    lock.release();
                })
                .thenCompose(released -> Asyncio.wait(workers))
                .thenRun(() -> passes[0].stop());
    }

    @Twin("anybody_may_release_a_lock")
    CompletionStage<?> anybodyMayReleaseALock(Trace trace) {
        var lock = new AsyncLock();
        lock.tryAcquire();
        startTimedStage(trace, "a", lock::acquireAsync);
        EventLoop.current().callLater(seconds(1), lock::release);
        return napStage(2).thenRun(() -> {
            lock.release();
            trace.add("locked", lock.isLocked());
        });
    }

    @Twin("a_lock_is_not_reentrant")
    CompletionStage<?> aLockIsNotReentrant(Trace trace) {
        var lock = new AsyncLock();
        return lock.acquireAsync()
                .thenCompose(held -> waitFor(lock.acquireAsync(), seconds(1)))
                .handle((again, failure) -> {
                    trace.add(original(failure), "at", millis(), "locked", lock.isLocked());
                    return null;
                });
    }

    @Twin("a_free_lock_cannot_be_released")
    CompletionStage<?> aFreeLockCannotBeReleased(Trace trace) {
        var lock = new AsyncLock();
        for (var attempt = 0; attempt < 2; attempt++) {
            try {
                lock.release();
            } catch (IllegalStateException refused) {
                trace.add(refused, "locked", lock.isLocked());
            }
        }
        return lock.acquireAsync().thenRun(() -> {
            trace.add("locked", lock.isLocked());
            lock.release();
        });
    }

    @Twin("a_lock_that_was_just_released_cannot_be_released_again")
    CompletionStage<?> aLockThatWasJustReleasedCannotBeReleasedAgain(Trace trace) {
        var lock = new AsyncLock();
        lock.tryAcquire();
        startTimedStage(trace, "a", lock::acquireAsync);
        return secondBySecond(
                () -> {
                    lock.release();
                    try {
                        lock.release();
                    } catch (IllegalStateException refused) {
                        trace.add(refused);
                    }
                },
                () -> trace.add("locked", lock.isLocked()));
    }

    @Twin("a_block_gives_the_lock_back_however_it_is_left")
    CompletionStage<?> aBlockGivesTheLockBackHoweverItIsLeft(Trace trace) {
        var lock = new AsyncLock();
        var failing = createStageTask(() -> lock.withLockAsync(failAfterStage(1, "in the block")));
        var waiting = createStageTask(() -> lock.withLockAsync(() -> napStage(10)));
        startTimedStage(trace, "a", lock::acquireAsync);
        return napStage(2)
                .thenRun(() -> {
                    trace.add("failed", failing.exception(), "locked", lock.isLocked());
                    waiting.cancel();
                })
                .thenCompose(cancelled -> napStage(1))
                .thenRun(() -> {
                    trace.add("cancelled", waiting.isCancelled(), "locked", lock.isLocked());
                    lock.release();
                    trace.add("locked", lock.isLocked());
                });
    }

    @Twin("a_block_that_was_not_entered_gives_nothing_back")
    CompletionStage<?> aBlockThatWasNotEnteredGivesNothingBack(Trace trace) {
        var lock = new AsyncLock();
        lock.tryAcquire();
        var waiting = createStageTask(() -> lock.withLockAsync(() -> known("not reached")));
        return secondBySecond(
                waiting::cancel, () -> trace.add("cancelled", waiting.isCancelled(), "locked", lock.isLocked()));
    }
}
