package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.startTimed;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** S80 and S81 in direct style. */
class LocksDirect {

    @Twin("a_free_lock_is_taken_at_once")
    void aFreeLockIsTakenAtOnce(Trace trace) throws Exception {
        var lock = new AsyncLock();
        trace.add("locked", lock.isLocked());
        var passes = Passes.start();
        await(lock.acquireAsync());
        trace.add("passes", passes.stop(), "locked", lock.isLocked());
        lock.release();
        trace.add("locked", lock.isLocked());
    }

    @Twin("waiters_get_the_lock_in_the_order_in_which_they_came")
    void waitersGetTheLockInTheOrderInWhichTheyCame(Trace trace) throws Exception {
        var lock = new AsyncLock();
        var workers = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b", "c")) {
            workers.add(createTask(() -> {
                try (var held = await(lock.holdAsync())) {
                    trace.add(name, "in at", millis());
                    nap(1);
                }
                trace.add(name, "out at", millis());
            }));
        }
        await(gather(workers));
        trace.add("locked", lock.isLocked());
    }

    @Twin("the_lock_is_free_until_the_next_waiter_runs")
    void theLockIsFreeUntilTheNextWaiterRuns(Trace trace) throws Exception {
        var lock = new AsyncLock();
        await(lock.acquireAsync());
        startTimed(trace, "a", () -> await(lock.acquireAsync()));
        nap(1);
        lock.release();
        trace.add("locked", lock.isLocked());
        nap(1);
        trace.add("locked", lock.isLocked());
    }

    @Twin("a_hand_over_takes_one_pass")
    void aHandOverTakesOnePass(Trace trace) throws Exception {
        var lock = new AsyncLock();
        await(lock.acquireAsync());
        var passes = new Passes[1];
        var workers = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b", "c")) {
            workers.add(createTask(() -> {
                try (var held = await(lock.holdAsync())) {
                    trace.add(name, "after", passes[0].count());
                }
            }));
        }
        nap(1);
        passes[0] = Passes.start();
        lock.release();
        await(Asyncio.wait(workers));
        passes[0].stop();
    }

    @Twin("anybody_may_release_a_lock")
    void anybodyMayReleaseALock(Trace trace) throws Exception {
        var lock = new AsyncLock();
        await(lock.acquireAsync());
        startTimed(trace, "a", () -> await(lock.acquireAsync()));
        EventLoop.current().callLater(seconds(1), lock::release);
        nap(2);
        lock.release();
        trace.add("locked", lock.isLocked());
    }

    @Twin("a_lock_is_not_reentrant")
    void aLockIsNotReentrant(Trace trace) throws Exception {
        var lock = new AsyncLock();
        await(lock.acquireAsync());
        try {
            waitFor(() -> await(lock.acquireAsync()), seconds(1));
        } catch (TimeoutException late) {
            trace.add(late, "at", millis(), "locked", lock.isLocked());
        }
    }

    @Twin("a_free_lock_cannot_be_released")
    void aFreeLockCannotBeReleased(Trace trace) throws Exception {
        var lock = new AsyncLock();
        for (var attempt = 0; attempt < 2; attempt++) {
            try {
                lock.release();
            } catch (IllegalStateException refused) {
                trace.add(refused, "locked", lock.isLocked());
            }
        }
        await(lock.acquireAsync());
        trace.add("locked", lock.isLocked());
        lock.release();
    }

    @Twin("a_lock_that_was_just_released_cannot_be_released_again")
    void aLockThatWasJustReleasedCannotBeReleasedAgain(Trace trace) throws Exception {
        var lock = new AsyncLock();
        await(lock.acquireAsync());
        startTimed(trace, "a", () -> await(lock.acquireAsync()));
        nap(1);
        lock.release();
        try {
            lock.release();
        } catch (IllegalStateException refused) {
            trace.add(refused);
        }
        nap(1);
        trace.add("locked", lock.isLocked());
    }

    @Twin("a_block_gives_the_lock_back_however_it_is_left")
    void aBlockGivesTheLockBackHoweverItIsLeft(Trace trace) throws Exception {
        var lock = new AsyncLock();
        var failing = createTask(within(lock, () -> {
            nap(1);
            throw new Boom();
        }));
        var waiting = createTask(within(lock, () -> nap(10)));
        startTimed(trace, "a", () -> await(lock.acquireAsync()));
        nap(2);
        trace.add("failed", failing.exception(), "locked", lock.isLocked());
        waiting.cancel();
        nap(1);
        trace.add("cancelled", waiting.isCancelled(), "locked", lock.isLocked());
        lock.release();
        trace.add("locked", lock.isLocked());
    }

    private static CoroutineAction within(AsyncLock lock, CoroutineAction body) {
        return () -> {
            try (var held = await(lock.holdAsync())) {
                body.run();
            }
        };
    }

    @Twin("a_block_that_was_not_entered_gives_nothing_back")
    void aBlockThatWasNotEnteredGivesNothingBack(Trace trace) throws Exception {
        var lock = new AsyncLock();
        await(lock.acquireAsync());
        var waiting = createTask(within(lock, () -> trace.add("not reached")));
        nap(1);
        waiting.cancel();
        nap(1);
        trace.add("cancelled", waiting.isCancelled(), "locked", lock.isLocked());
    }
}
