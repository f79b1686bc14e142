package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.waitFor;
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
import io.jasyncio.sync.AsyncBoundedSemaphore;
import io.jasyncio.sync.AsyncSemaphore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S82, S83 and S96 in stage style. */
class SemaphoreracesStage {

    private final AsyncSemaphore semaphore = new AsyncSemaphore(0);

    /** Has a task for each name wait for a permit. */
    private List<Task<Void>> startWaiters(Trace trace, String... names) {
        return Stream.of(names)
                .map(name -> startStage(trace, name, semaphore::acquireAsync))
                .toList();
    }

    private Runnable release(Trace trace) {
        return () -> {
            trace.add("release");
            semaphore.release();
        };
    }

    @Twin("whoever_gives_back_and_takes_again_goes_behind_the_waiter")
    CompletionStage<?> whoeverGivesBackAndTakesAgainGoesBehindTheWaiter(Trace trace) {
        startWaiters(trace, "a");
        return secondBySecond(
                () -> createStageTask(() -> {
                    semaphore.release();
                    return reportStage(trace, "again", semaphore.acquireAsync());
                }),
                release(trace));
    }

    @Twin("a_permit_is_not_free_while_somebody_is_about_to_run")
    CompletionStage<?> aPermitIsNotFreeWhileSomebodyIsAboutToRun(Trace trace) {
        var passes = new Passes[1];
        startTaker(trace, "a", passes);
        return napStage(1)
                .thenCompose(slept -> {
                    passes[0] = Passes.start();
                    var newcomer = startTaker(trace, "newcomer", passes);
                    semaphore.release();
                    semaphore.release();
                    trace.add("locked", semaphore.isLocked());
                    return newcomer;
                })
                .thenRun(() -> {
                    passes[0].stop();
                    trace.add("locked", semaphore.isLocked());
                });
    }

    private Task<Void> startTaker(Trace trace, String name, Passes[] passes) {
        return createStageTask(() ->
                semaphore.acquireAsync().thenRun(() -> trace.add(name, "after", passes[0].count())));
    }

    @Twin("whoever_runs_before_the_woken_waiter_goes_behind_it")
    CompletionStage<?> whoeverRunsBeforeTheWokenWaiterGoesBehindIt(Trace trace) {
        startWaiters(trace, "a", "b");
        return secondBySecond(
                () -> {
                    startWaiters(trace, "newcomer");
                    semaphore.release();
                },
                release(trace),
                release(trace));
    }

    @Twin("a_woken_waiter_that_is_cancelled_passes_its_permit_on")
    CompletionStage<?> aWokenWaiterThatIsCancelledPassesItsPermitOn(Trace trace) {
        var a = startWaiters(trace, "a", "b", "c").get(0);
        return secondBySecond(
                () -> {
                    semaphore.release();
                    a.cancel();
                },
                () -> {
                    trace.add("locked", semaphore.isLocked(), "cancelled", a.isCancelled());
                    release(trace).run();
                });
    }

    @Twin("a_woken_waiter_that_is_cancelled_alone_gives_its_permit_back")
    CompletionStage<?> aWokenWaiterThatIsCancelledAloneGivesItsPermitBack(Trace trace) {
        var a = startWaiters(trace, "a").get(0);
        return secondBySecond(
                () -> {
                    semaphore.release();
                    a.cancel();
                },
                () -> {
                    trace.add("locked", semaphore.isLocked());
                    var passes = Passes.start();
                    semaphore
                            .acquireAsync()
                            .thenRun(() -> trace.add("passes", passes.stop(), "locked", semaphore.isLocked()));
                });
    }

    @Twin("of_several_that_were_woken_one_may_be_cancelled")
    CompletionStage<?> ofSeveralThatWereWokenOneMayBeCancelled(Trace trace) {
        var b = startWaiters(trace, "a", "b", "c", "d").get(1);
        return secondBySecond(
                () -> {
                    semaphore.release();
                    semaphore.release();
                    b.cancel();
                },
                release(trace));
    }

    @Twin("all_that_were_woken_may_be_cancelled")
    CompletionStage<?> allThatWereWokenMayBeCancelled(Trace trace) {
        var tasks = startWaiters(trace, "a", "b", "c", "d");
        return secondBySecond(
                () -> {
                    semaphore.release();
                    semaphore.release();
                    tasks.get(0).cancel();
                    tasks.get(1).cancel();
                },
                () -> trace.add("locked", semaphore.isLocked()));
    }

    @Twin("what_is_passed_on_takes_one_pass_for_each_hand")
    CompletionStage<?> whatIsPassedOnTakesOnePassForEachHand(Trace trace) {
        var passes = new Passes[1];
        var tasks = Stream.of("a", "b", "c")
                .map(name -> createStageTask(() -> onCancel(
                        semaphore.acquireAsync().thenRun(() -> trace.add(name, "goes on after", passes[0].count())),
                        cancelled -> trace.add(name, cancelled, "after", passes[0].count()))))
                .toList();
        return napStage(1)
                .thenRun(() -> {
                    passes[0] = Passes.start();
                    semaphore.release();
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
                    semaphore.release();
                },
                () -> trace.add("locked", semaphore.isLocked()));
    }

    @Twin(
            value = "waiters_that_were_cancelled_do_not_keep_anybody_from_a_permit",
            because = CANCELLED_INLINE,
            trace = {"a Cancelled", "b Cancelled", "locked false", "passes 0 locked true"})
    CompletionStage<?> waitersThatWereCancelledDoNotKeepAnybodyFromAPermit(Trace trace) {
        var tasks = startWaiters(trace, "a", "b");
        return napStage(1).thenCompose(slept -> {
            tasks.forEach(Task::cancel);
            semaphore.release();
            trace.add("locked", semaphore.isLocked());
            var passes = Passes.start();
            return semaphore.acquireAsync().thenCompose(held -> {
                var taken = passes.stop();
                return napStage(1).thenRun(() -> trace.add("passes", taken, "locked", semaphore.isLocked()));
            });
        });
    }

    @Twin("a_newcomer_cannot_use_the_cancellation_of_a_woken_waiter")
    CompletionStage<?> aNewcomerCannotUseTheCancellationOfAWokenWaiter(Trace trace) {
        var a = startWaiters(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    startWaiters(trace, "newcomer");
                    semaphore.release();
                    a.cancel();
                },
                release(trace));
    }

    @Twin("a_cancelled_waiter_behind_the_first_changes_nothing")
    CompletionStage<?> aCancelledWaiterBehindTheFirstChangesNothing(Trace trace) {
        var b = startWaiters(trace, "a", "b", "c").get(1);
        return secondBySecond(b::cancel, release(trace), release(trace));
    }

    @Twin("a_deadline_in_the_pass_of_the_release_comes_too_early")
    CompletionStage<?> aDeadlineInThePassOfTheReleaseComesTooEarly(Trace trace) {
        return race(trace, 2, 3).thenCompose(first -> race(trace, 3, 2));
    }

    private static CompletionStage<Void> race(Trace trace, int releaseAfter, int deadline) {
        var semaphore = new AsyncSemaphore(0);
        startStage(trace, "a", () -> waitFor(semaphore.acquireAsync(), seconds(deadline)));
        startStage(trace, "b", semaphore::acquireAsync);
        return onePass()
                .thenRun(() -> {
                    EventLoop.current().callLater(seconds(releaseAfter), semaphore::release);
                    EventLoop.current().callLater(seconds(1), () -> trace.advance(seconds(5)));
                })
                .thenCompose(scheduled -> napStage(10))
                .thenRun(() -> trace.add("locked", semaphore.isLocked()));
    }

    @Twin("what_a_cancelled_waiter_gives_back_counts_for_the_bound")
    CompletionStage<?> whatACancelledWaiterGivesBackCountsForTheBound(Trace trace) {
        var bounded = new AsyncBoundedSemaphore(1);
        bounded.tryAcquire();
        var a = startStage(trace, "a", bounded::acquireAsync);
        return secondBySecond(
                () -> {
                    bounded.release();
                    a.cancel();
                },
                () -> {
                    trace.add("locked", bounded.isLocked());
                    try {
                        bounded.release();
                    } catch (IllegalStateException overRelease) {
                        trace.add("refused");
                    }
                });
    }
}
