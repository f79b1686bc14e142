package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncCondition;
import io.jasyncio.sync.AsyncLock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** S85 and S87 in direct style. */
class ConditionsDirect {

    private final AsyncCondition condition = new AsyncCondition();

    /** Has a task for each name wait for a signal. */
    private static void startWaiters(Trace trace, AsyncCondition condition, String... names) throws Exception {
        for (var name : names) {
            createTask(() -> {
                try (var held = await(condition.holdAsync())) {
                    await(condition.waitAsync());
                    trace.add(name, "goes on at", millis());
                }
            });
        }
        nap(1);
    }

    /** Does something with the lock. */
    private static void with(AsyncCondition condition, CoroutineAction action) throws Exception {
        try (var held = await(condition.holdAsync())) {
            action.run();
        }
    }

    @Twin("a_signal_wakes_whoever_waits_longest")
    void aSignalWakesWhoeverWaitsLongest(Trace trace) throws Exception {
        startWaiters(trace, condition, "a", "b", "c");
        for (var count = 0; count < 3; count++) {
            with(condition, condition::signal);
            nap(1);
        }
    }

    @Twin("a_signal_may_wake_several_in_their_order")
    void aSignalMayWakeSeveralInTheirOrder(Trace trace) throws Exception {
        startWaiters(trace, condition, "a", "b", "c", "d");
        for (var count : List.of(0, 2, 5)) {
            trace.add("signal", count);
            with(condition, () -> condition.signal(count));
            nap(1);
        }
    }

    @Twin("several_signals_in_one_pass_wake_as_many")
    void severalSignalsInOnePassWakeAsMany(Trace trace) throws Exception {
        startWaiters(trace, condition, "a", "b", "c");
        with(condition, () -> {
            condition.signal();
            condition.signal();
        });
        nap(1);
        trace.add("signal");
        with(condition, condition::signal);
        nap(1);
    }

    @Twin("a_signal_for_all_lets_one_after_the_other_have_the_lock")
    void aSignalForAllLetsOneAfterTheOtherHaveTheLock(Trace trace) throws Exception {
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b", "c")) {
            tasks.add(createTask(() -> {
                try (var held = await(condition.holdAsync())) {
                    await(condition.waitAsync());
                    trace.add(name, "in at", millis());
                    nap(1);
                }
                trace.add(name, "out at", millis());
            }));
        }
        nap(1);
        with(condition, condition::signalAll);
        await(Asyncio.wait(tasks));
    }

    @Twin("a_signal_does_not_release_the_lock")
    void aSignalDoesNotReleaseTheLock(Trace trace) throws Exception {
        startWaiters(trace, condition, "a");
        with(condition, () -> {
            condition.signalAll();
            nap(2);
            trace.add("still in at", millis());
        });
        nap(1);
    }

    @Twin("a_wait_releases_the_lock_and_has_it_again_at_its_end")
    void aWaitReleasesTheLockAndHasItAgainAtItsEnd(Trace trace) throws Exception {
        var task = createTask(() -> {
            try (var held = await(condition.holdAsync())) {
                trace.add("before", condition.isLocked());
                await(condition.waitAsync());
                trace.add("after", condition.isLocked());
            }
            trace.add("outside", condition.isLocked());
        });
        nap(1);
        trace.add("during", condition.isLocked());
        with(condition, condition::signal);
        await(task);
    }

    @Twin("a_woken_waiter_takes_its_turn_for_the_lock")
    void aWokenWaiterTakesItsTurnForTheLock(Trace trace) throws Exception {
        startWaiters(trace, condition, "a");
        await(condition.acquireAsync());
        createTask(() -> with(condition, () -> trace.add("taker in at", millis())));
        nap(1);
        condition.signal();
        nap(1);
        condition.release();
        nap(1);
    }

    @Twin("a_wake_up_takes_one_pass")
    void aWakeUpTakesOnePass(Trace trace) throws Exception {
        var passes = new Passes[1];
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b")) {
            tasks.add(createTask(() -> {
                try (var held = await(condition.holdAsync())) {
                    await(condition.waitAsync());
                    trace.add(name, "after", passes[0].count());
                }
            }));
        }
        nap(1);
        with(condition, () -> {
            passes[0] = Passes.start();
            condition.signalAll();
        });
        await(Asyncio.wait(tasks));
        passes[0].stop();
    }

    @Twin("a_signal_that_nobody_waits_for_is_lost")
    void aSignalThatNobodyWaitsForIsLost(Trace trace) throws Exception {
        with(condition, () -> {
            condition.signal();
            condition.signalAll();
        });
        startWaiters(trace, condition, "a");
        trace.add("signal");
        with(condition, condition::signal);
        nap(1);
    }

    @Twin("a_wait_for_a_predicate_goes_on_when_it_holds")
    void aWaitForAPredicateGoesOnWhenItHolds(Trace trace) throws Exception {
        var value = new int[1];
        BooleanSupplier enough = () -> {
            trace.add("asked with", value[0], "locked", condition.isLocked());
            return value[0] >= 2;
        };
        var task = createTask(() -> {
            try (var held = await(condition.holdAsync())) {
                await(condition.waitForAsync(enough));
                trace.add("goes on with", value[0]);
                await(condition.waitForAsync(enough));
            }
        });
        for (var count = 0; count < 2; count++) {
            nap(1);
            with(condition, () -> {
                value[0]++;
                condition.signal();
            });
        }
        await(task);
    }

    @Twin("without_the_lock_there_is_no_waiting_and_no_signal")
    void withoutTheLockThereIsNoWaitingAndNoSignal(Trace trace) throws Exception {
        startWaiters(trace, condition, "a");
        var uses = List.<CoroutineAction>of(
                condition::signal, condition::signalAll, condition::release, () -> await(condition.waitAsync()));
        for (var use : uses) {
            try {
                use.run();
            } catch (IllegalStateException refused) {
                trace.add(refused, "locked", condition.isLocked());
            }
        }
        with(condition, condition::signal);
        nap(1);
    }

    @Twin("two_conditions_may_share_a_lock")
    void twoConditionsMayShareALock(Trace trace) throws Exception {
        var lock = new AsyncLock();
        var full = new AsyncCondition(lock);
        var empty = new AsyncCondition(lock);
        startWaiters(trace, full, "full");
        startWaiters(trace, empty, "empty");
        with(full, () -> {
            trace.add("locked", lock.isLocked(), empty.isLocked());
            empty.signalAll();
        });
        nap(1);
        trace.add("signal");
        try (var held = await(lock.holdAsync())) {
            full.signalAll();
        }
        nap(1);
    }
}
