package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.report;
import static io.jasyncio.conformance.Contenders.start;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncBoundedSemaphore;
import io.jasyncio.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S82, S83 and S96 in direct style. */
class SemaphoreracesDirect {

    private final AsyncSemaphore semaphore = new AsyncSemaphore(0);

    /** Has a task for each name wait for a permit. */
    private List<Task<Void>> startWaiters(Trace trace, String... names) throws Exception {
        var tasks = new ArrayList<Task<Void>>();
        for (var name : names) {
            tasks.add(start(trace, name, () -> await(semaphore.acquireAsync())));
        }
        nap(1);
        return tasks;
    }

    private void release(Trace trace) throws Exception {
        trace.add("release");
        semaphore.release();
        nap(1);
    }

    @Twin("whoever_gives_back_and_takes_again_goes_behind_the_waiter")
    void whoeverGivesBackAndTakesAgainGoesBehindTheWaiter(Trace trace) throws Exception {
        startWaiters(trace, "a");
        createTask(() -> {
            semaphore.release();
            report(trace, "again", () -> await(semaphore.acquireAsync())).run();
        });
        nap(1);
        release(trace);
    }

    @Twin("a_permit_is_not_free_while_somebody_is_about_to_run")
    void aPermitIsNotFreeWhileSomebodyIsAboutToRun(Trace trace) throws Exception {
        var passes = new Passes[1];
        var a = createTask(taker(trace, "a", passes));
        nap(1);
        passes[0] = Passes.start();
        var newcomer = createTask(taker(trace, "newcomer", passes));
        semaphore.release();
        semaphore.release();
        trace.add("locked", semaphore.isLocked());
        await(Asyncio.wait(List.of(a, newcomer)));
        passes[0].stop();
        trace.add("locked", semaphore.isLocked());
    }

    private CoroutineAction taker(Trace trace, String name, Passes[] passes) {
        return () -> {
            await(semaphore.acquireAsync());
            trace.add(name, "after", passes[0].count());
        };
    }

    @Twin("whoever_runs_before_the_woken_waiter_goes_behind_it")
    void whoeverRunsBeforeTheWokenWaiterGoesBehindIt(Trace trace) throws Exception {
        startWaiters(trace, "a", "b");
        start(trace, "newcomer", () -> await(semaphore.acquireAsync()));
        semaphore.release();
        nap(1);
        release(trace);
        release(trace);
    }

    @Twin("a_woken_waiter_that_is_cancelled_passes_its_permit_on")
    void aWokenWaiterThatIsCancelledPassesItsPermitOn(Trace trace) throws Exception {
        var a = startWaiters(trace, "a", "b", "c").get(0);
        semaphore.release();
        a.cancel();
        nap(1);
        trace.add("locked", semaphore.isLocked(), "cancelled", a.isCancelled());
        release(trace);
    }

    @Twin("a_woken_waiter_that_is_cancelled_alone_gives_its_permit_back")
    void aWokenWaiterThatIsCancelledAloneGivesItsPermitBack(Trace trace) throws Exception {
        var a = startWaiters(trace, "a").get(0);
        semaphore.release();
        a.cancel();
        nap(1);
        trace.add("locked", semaphore.isLocked());
        var passes = Passes.start();
        await(semaphore.acquireAsync());
        trace.add("passes", passes.stop(), "locked", semaphore.isLocked());
    }

    @Twin("of_several_that_were_woken_one_may_be_cancelled")
    void ofSeveralThatWereWokenOneMayBeCancelled(Trace trace) throws Exception {
        var b = startWaiters(trace, "a", "b", "c", "d").get(1);
        semaphore.release();
        semaphore.release();
        b.cancel();
        nap(1);
        release(trace);
    }

    @Twin("all_that_were_woken_may_be_cancelled")
    void allThatWereWokenMayBeCancelled(Trace trace) throws Exception {
        var tasks = startWaiters(trace, "a", "b", "c", "d");
        semaphore.release();
        semaphore.release();
        tasks.get(0).cancel();
        tasks.get(1).cancel();
        nap(1);
        trace.add("locked", semaphore.isLocked());
    }

    @Twin("what_is_passed_on_takes_one_pass_for_each_hand")
    void whatIsPassedOnTakesOnePassForEachHand(Trace trace) throws Exception {
        var passes = new Passes[1];
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b", "c")) {
            tasks.add(createTask(() -> {
                try {
                    await(semaphore.acquireAsync());
                    trace.add(name, "goes on after", passes[0].count());
                } catch (CancellationException cancelled) {
                    trace.add(name, cancelled, "after", passes[0].count());
                    throw cancelled;
                }
            }));
        }
        nap(1);
        passes[0] = Passes.start();
        semaphore.release();
        tasks.get(0).cancel();
        await(onePass());
        tasks.get(1).cancel();
        await(Asyncio.wait(tasks));
        passes[0].stop();
    }

    @Twin("a_waiter_that_was_cancelled_is_not_woken")
    void aWaiterThatWasCancelledIsNotWoken(Trace trace) throws Exception {
        var a = startWaiters(trace, "a", "b").get(0);
        a.cancel();
        semaphore.release();
        nap(1);
        trace.add("locked", semaphore.isLocked());
    }

    @Twin("waiters_that_were_cancelled_do_not_keep_anybody_from_a_permit")
    void waitersThatWereCancelledDoNotKeepAnybodyFromAPermit(Trace trace) throws Exception {
        startWaiters(trace, "a", "b").forEach(Task::cancel);
        semaphore.release();
        trace.add("locked", semaphore.isLocked());
        var passes = Passes.start();
        await(semaphore.acquireAsync());
        var taken = passes.stop();
        nap(1);
        trace.add("passes", taken, "locked", semaphore.isLocked());
    }

    @Twin("a_newcomer_cannot_use_the_cancellation_of_a_woken_waiter")
    void aNewcomerCannotUseTheCancellationOfAWokenWaiter(Trace trace) throws Exception {
        var a = startWaiters(trace, "a", "b").get(0);
        start(trace, "newcomer", () -> await(semaphore.acquireAsync()));
        semaphore.release();
        a.cancel();
        nap(1);
        release(trace);
    }

    @Twin("a_cancelled_waiter_behind_the_first_changes_nothing")
    void aCancelledWaiterBehindTheFirstChangesNothing(Trace trace) throws Exception {
        var b = startWaiters(trace, "a", "b", "c").get(1);
        b.cancel();
        nap(1);
        release(trace);
        release(trace);
    }

    @Twin("a_deadline_in_the_pass_of_the_release_comes_too_early")
    void aDeadlineInThePassOfTheReleaseComesTooEarly(Trace trace) throws Exception {
        race(trace, 2, 3);
        race(trace, 3, 2);
    }

    private static void race(Trace trace, int releaseAfter, int deadline) throws Exception {
        var semaphore = new AsyncSemaphore(0);
        start(trace, "a", () -> waitFor(() -> await(semaphore.acquireAsync()), seconds(deadline)));
        start(trace, "b", () -> await(semaphore.acquireAsync()));
        await(onePass());
        EventLoop.current().callLater(seconds(releaseAfter), semaphore::release);
        EventLoop.current().callLater(seconds(1), () -> trace.advance(seconds(5)));
        nap(10);
        trace.add("locked", semaphore.isLocked());
    }

    @Twin("what_a_cancelled_waiter_gives_back_counts_for_the_bound")
    void whatACancelledWaiterGivesBackCountsForTheBound(Trace trace) throws Exception {
        var bounded = new AsyncBoundedSemaphore(1);
        await(bounded.acquireAsync());
        var a = start(trace, "a", () -> await(bounded.acquireAsync()));
        nap(1);
        bounded.release();
        a.cancel();
        nap(1);
        trace.add("locked", bounded.isLocked());
        try {
            bounded.release();
        } catch (IllegalStateException overRelease) {
            trace.add("refused");
        }
    }
}
