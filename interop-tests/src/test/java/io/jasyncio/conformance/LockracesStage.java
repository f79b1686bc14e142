package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.CANCELLED_INLINE;
import static io.jasyncio.conformance.Contenders.reportStage;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Contenders.startStage;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncLock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S80, S82 and S96 in stage style. */
class LockracesStage {

    private final AsyncLock lock = new AsyncLock();

    /** Takes the lock, and has a task for each name wait for it. */
    private List<Task<Void>> startWaiters(Trace trace, String... names) {
        lock.tryAcquire();
        return Stream.of(names)
                .map(name -> startStage(trace, name, lock::acquireAsync))
                .toList();
    }

    /** Releases the lock. */
    private Runnable release(Trace trace) {
        return () -> {
            trace.add("release");
            lock.release();
        };
    }

    @Twin("whoever_releases_and_takes_again_goes_behind_the_waiter")
    CompletionStage<?> whoeverReleasesAndTakesAgainGoesBehindTheWaiter(Trace trace) {
        startWaiters(trace, "a");
        return secondBySecond(
                () -> createStageTask(() -> {
                    lock.release();
                    return reportStage(trace, "again", lock.acquireAsync());
                }),
                release(trace),
                release(trace));
    }

    @Twin("whoever_runs_before_the_woken_waiter_goes_behind_it")
    CompletionStage<?> whoeverRunsBeforeTheWokenWaiterGoesBehindIt(Trace trace) {
        startWaiters(trace, "a", "b");
        return secondBySecond(
                () -> {
                    startStage(trace, "newcomer", lock::acquireAsync);
                    lock.release();
                },
                release(trace),
                release(trace),
                release(trace));
    }

    @Twin("a_woken_waiter_that_is_cancelled_wakes_the_next")
    CompletionStage<?> aWokenWaiterThatIsCancelledWakesTheNext(Trace trace) {
        var a = startWaiters(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    lock.release();
                    a.cancel();
                },
                () -> trace.add("locked", lock.isLocked(), "cancelled", a.isCancelled()));
    }

    @Twin("a_woken_waiter_that_is_cancelled_alone_leaves_the_lock_free")
    CompletionStage<?> aWokenWaiterThatIsCancelledAloneLeavesTheLockFree(Trace trace) {
        var a = startWaiters(trace, "a").get(0);
        return secondBySecond(
                () -> {
                    lock.release();
                    a.cancel();
                },
                () -> {
                    trace.add("locked", lock.isLocked());
                    var passes = Passes.start();
                    lock.acquireAsync().thenRun(() -> trace.add("passes", passes.stop()));
                });
    }

    @Twin(
            value = "woken_waiters_that_are_cancelled_one_after_the_other_pass_the_lock_on",
            because = CANCELLED_INLINE,
            trace = {"b Cancelled", "a Cancelled", "c goes on", "locked true"})
    CompletionStage<?> wokenWaitersThatAreCancelledOneAfterTheOtherPassTheLockOn(Trace trace) {
        var tasks = startWaiters(trace, "a", "b", "c");
        return secondBySecond(
                () -> {
                    lock.release();
                    tasks.get(0).cancel();
                    tasks.get(1).cancel();
                },
                () -> trace.add("locked", lock.isLocked()));
    }

    @Twin("what_is_passed_on_takes_one_pass_for_each_hand")
    CompletionStage<?> whatIsPassedOnTakesOnePassForEachHand(Trace trace) {
        lock.tryAcquire();
        var passes = new Passes[1];
        var tasks = Stream.of("a", "b", "c")
                .map(name -> createStageTask(() -> onCancel(
                        lock.acquireAsync().thenRun(() -> trace.add(name, "goes on after", passes[0].count())),
                        cancelled -> trace.add(name, cancelled, "after", passes[0].count()))))
                .toList();
        return napStage(1)
                .thenRun(() -> {
                    passes[0] = Passes.start();
                    lock.release();
                    tasks.get(0).cancel();
                })
                .thenCompose(passed -> onePass())
                .thenRun(() -> tasks.get(1).cancel())
                .thenCompose(passed -> Asyncio.wait(tasks))
                .thenRun(() -> passes[0].stop());
    }

    @Twin("a_waiter_that_was_cancelled_is_not_woken")
    CompletionStage<?> aWaiterThatWasCancelledIsNotWoken(Trace trace) {
        var a = startWaiters(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    a.cancel();
                    lock.release();
                },
                () -> trace.add("locked", lock.isLocked()));
    }

    @Twin("waiters_that_were_cancelled_do_not_keep_anybody_from_the_lock")
    CompletionStage<?> waitersThatWereCancelledDoNotKeepAnybodyFromTheLock(Trace trace) {
        var tasks = startWaiters(trace, "a", "b");
        return napStage(1).thenCompose(slept -> {
            tasks.forEach(Task::cancel);
            lock.release();
            var passes = Passes.start();
            return lock.acquireAsync().thenCompose(held -> {
                var taken = passes.stop();
                return napStage(1).thenRun(() -> trace.add("passes", taken, "locked", lock.isLocked()));
            });
        });
    }

    @Twin("a_cancelled_waiter_behind_the_first_changes_nothing")
    CompletionStage<?> aCancelledWaiterBehindTheFirstChangesNothing(Trace trace) {
        var b = startWaiters(trace, "a", "b", "c").get(1);
        return secondBySecond(
                () -> {
                    b.cancel();
                    lock.release();
                },
                release(trace),
                release(trace));
    }

    @Twin("a_newcomer_cannot_use_the_cancellation_of_a_woken_waiter")
    CompletionStage<?> aNewcomerCannotUseTheCancellationOfAWokenWaiter(Trace trace) {
        var a = startWaiters(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    startStage(trace, "newcomer", lock::acquireAsync);
                    lock.release();
                    a.cancel();
                },
                release(trace),
                release(trace));
    }

    @Twin("a_deadline_in_the_pass_of_the_release_comes_too_early")
    CompletionStage<?> aDeadlineInThePassOfTheReleaseComesTooEarly(Trace trace) {
        return race(trace, 2, 3).thenCompose(first -> race(trace, 3, 2));
    }

    private static CompletionStage<Void> race(Trace trace, int releaseAfter, int deadline) {
        var lock = new AsyncLock();
        lock.tryAcquire();
        startStage(trace, "a", () -> waitFor(lock.acquireAsync(), seconds(deadline)));
        startStage(trace, "b", lock::acquireAsync);
        return onePass()
                .thenRun(() -> {
                    EventLoop.current().callLater(seconds(releaseAfter), lock::release);
                    EventLoop.current().callLater(seconds(1), () -> trace.advance(seconds(5)));
                })
                .thenCompose(scheduled -> napStage(10))
                .thenRun(() -> trace.add("locked", lock.isLocked()));
    }

    @Twin("a_deadline_in_the_pass_after_the_release_comes_too_late")
    CompletionStage<?> aDeadlineInThePassAfterTheReleaseComesTooLate(Trace trace) {
        lock.tryAcquire();
        startStage(trace, "a", () -> waitFor(lock.acquireAsync(), seconds(2)));
        EventLoop.current().callLater(seconds(1), () -> {
            lock.release();
            trace.advance(seconds(5));
        });
        return napStage(10).thenRun(() -> trace.add("locked", lock.isLocked()));
    }

    @Twin("a_block_that_is_cancelled_in_the_pass_of_the_release_is_not_entered")
    CompletionStage<?> aBlockThatIsCancelledInThePassOfTheReleaseIsNotEntered(Trace trace) {
        lock.tryAcquire();
        var tasks = Stream.of("a", "b")
                .map(name -> createStageTask(() -> lock.withLockAsync(() -> {
                    trace.add(name, "in at", millis());
                    return napStage(1);
                })))
                .toList();
        return napStage(1)
                .thenCompose(slept -> {
                    lock.release();
                    tasks.get(0).cancel();
                    return Asyncio.wait(tasks);
                })
                .thenRun(() -> LockracesDirect.showEnd(trace, tasks, lock));
    }
}
