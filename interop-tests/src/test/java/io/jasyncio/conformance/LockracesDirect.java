package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.report;
import static io.jasyncio.conformance.Contenders.start;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S80, S82 and S96 in direct style. */
class LockracesDirect {

    private final AsyncLock lock = new AsyncLock();

    /** Takes the lock, and has a task for each name wait for it. */
    private List<Task<Void>> startWaiters(Trace trace, String... names) throws Exception {
        await(lock.acquireAsync());
        var tasks = new ArrayList<Task<Void>>();
        for (var name : names) {
            tasks.add(start(trace, name, () -> await(lock.acquireAsync())));
        }
        nap(1);
        return tasks;
    }

    /** Releases the lock until nobody waits for it any more. */
    private void drain(Trace trace) throws Exception {
        while (lock.isLocked()) {
            trace.add("release");
            lock.release();
            nap(1);
        }
    }

    @Twin("whoever_releases_and_takes_again_goes_behind_the_waiter")
    void whoeverReleasesAndTakesAgainGoesBehindTheWaiter(Trace trace) throws Exception {
        startWaiters(trace, "a");
        createTask(() -> {
            lock.release();
            report(trace, "again", () -> await(lock.acquireAsync())).run();
        });
        nap(1);
        drain(trace);
    }

    @Twin("whoever_runs_before_the_woken_waiter_goes_behind_it")
    void whoeverRunsBeforeTheWokenWaiterGoesBehindIt(Trace trace) throws Exception {
        startWaiters(trace, "a", "b");
        start(trace, "newcomer", () -> await(lock.acquireAsync()));
        lock.release();
        nap(1);
        drain(trace);
    }

    @Twin("a_woken_waiter_that_is_cancelled_wakes_the_next")
    void aWokenWaiterThatIsCancelledWakesTheNext(Trace trace) throws Exception {
        var a = startWaiters(trace, "a", "b").get(0);
        lock.release();
        a.cancel();
        nap(1);
        trace.add("locked", lock.isLocked(), "cancelled", a.isCancelled());
    }

    @Twin("a_woken_waiter_that_is_cancelled_alone_leaves_the_lock_free")
    void aWokenWaiterThatIsCancelledAloneLeavesTheLockFree(Trace trace) throws Exception {
        var a = startWaiters(trace, "a").get(0);
        lock.release();
        a.cancel();
        nap(1);
        trace.add("locked", lock.isLocked());
        var passes = Passes.start();
        await(lock.acquireAsync());
        trace.add("passes", passes.stop());
    }

    @Twin("woken_waiters_that_are_cancelled_one_after_the_other_pass_the_lock_on")
    void wokenWaitersThatAreCancelledOneAfterTheOtherPassTheLockOn(Trace trace) throws Exception {
        var tasks = startWaiters(trace, "a", "b", "c");
        lock.release();
        tasks.get(0).cancel();
        tasks.get(1).cancel();
        nap(1);
        trace.add("locked", lock.isLocked());
    }

    @Twin("what_is_passed_on_takes_one_pass_for_each_hand")
    void whatIsPassedOnTakesOnePassForEachHand(Trace trace) throws Exception {
        await(lock.acquireAsync());
        var passes = new Passes[1];
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b", "c")) {
            tasks.add(createTask(() -> {
                try {
                    await(lock.acquireAsync());
                    trace.add(name, "goes on after", passes[0].count());
                } catch (CancellationException cancelled) {
                    trace.add(name, cancelled, "after", passes[0].count());
                    throw cancelled;
                }
            }));
        }
        nap(1);
        passes[0] = Passes.start();
        lock.release();
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
        lock.release();
        nap(1);
        trace.add("locked", lock.isLocked());
    }

    @Twin("waiters_that_were_cancelled_do_not_keep_anybody_from_the_lock")
    void waitersThatWereCancelledDoNotKeepAnybodyFromTheLock(Trace trace) throws Exception {
        startWaiters(trace, "a", "b").forEach(Task::cancel);
        lock.release();
        var passes = Passes.start();
        await(lock.acquireAsync());
        var taken = passes.stop();
        nap(1);
        trace.add("passes", taken, "locked", lock.isLocked());
    }

    @Twin("a_cancelled_waiter_behind_the_first_changes_nothing")
    void aCancelledWaiterBehindTheFirstChangesNothing(Trace trace) throws Exception {
        var b = startWaiters(trace, "a", "b", "c").get(1);
        b.cancel();
        lock.release();
        nap(1);
        drain(trace);
    }

    @Twin("a_newcomer_cannot_use_the_cancellation_of_a_woken_waiter")
    void aNewcomerCannotUseTheCancellationOfAWokenWaiter(Trace trace) throws Exception {
        var a = startWaiters(trace, "a", "b").get(0);
        start(trace, "newcomer", () -> await(lock.acquireAsync()));
        lock.release();
        a.cancel();
        nap(1);
        drain(trace);
    }

    @Twin("a_deadline_in_the_pass_of_the_release_comes_too_early")
    void aDeadlineInThePassOfTheReleaseComesTooEarly(Trace trace) throws Exception {
        race(trace, 2, 3);
        race(trace, 3, 2);
    }

    private static void race(Trace trace, int releaseAfter, int deadline) throws Exception {
        var lock = new AsyncLock();
        await(lock.acquireAsync());
        start(trace, "a", () -> waitFor(() -> await(lock.acquireAsync()), seconds(deadline)));
        start(trace, "b", () -> await(lock.acquireAsync()));
        await(onePass());
        EventLoop.current().callLater(seconds(releaseAfter), lock::release);
        EventLoop.current().callLater(seconds(1), () -> trace.advance(seconds(5)));
        nap(10);
        trace.add("locked", lock.isLocked());
    }

    @Twin("a_deadline_in_the_pass_after_the_release_comes_too_late")
    void aDeadlineInThePassAfterTheReleaseComesTooLate(Trace trace) throws Exception {
        await(lock.acquireAsync());
        start(trace, "a", () -> waitFor(() -> await(lock.acquireAsync()), seconds(2)));
        EventLoop.current().callLater(seconds(1), () -> {
            lock.release();
            trace.advance(seconds(5));
        });
        nap(10);
        trace.add("locked", lock.isLocked());
    }

    @Twin("a_block_that_is_cancelled_in_the_pass_of_the_release_is_not_entered")
    void aBlockThatIsCancelledInThePassOfTheReleaseIsNotEntered(Trace trace) throws Exception {
        await(lock.acquireAsync());
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b")) {
            tasks.add(createTask(() -> {
                try (var held = await(lock.holdAsync())) {
                    trace.add(name, "in at", millis());
                    nap(1);
                }
            }));
        }
        nap(1);
        lock.release();
        tasks.get(0).cancel();
        await(Asyncio.wait(tasks));
        showEnd(trace, tasks, lock);
    }

    static void showEnd(Trace trace, List<Task<Void>> tasks, AsyncLock lock) {
        trace.add("cancelled", tasks.get(0).isCancelled(), tasks.get(1).isCancelled(), "locked", lock.isLocked());
    }
}
