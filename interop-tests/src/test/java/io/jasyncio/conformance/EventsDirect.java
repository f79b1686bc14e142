package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.start;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncEvent;
import java.util.ArrayList;
import java.util.List;

/** S44 and S84 in direct style. */
class EventsDirect {

    private final AsyncEvent event = new AsyncEvent();

    /** Has a task for each name wait for the event. */
    private List<Task<Void>> startWaiters(Trace trace, String... names) throws Exception {
        var tasks = new ArrayList<Task<Void>>();
        for (var name : names) {
            tasks.add(start(trace, name, () -> await(event.waitAsync())));
        }
        nap(1);
        return tasks;
    }

    @Twin("nobody_waits_for_an_event_that_is_set")
    void nobodyWaitsForAnEventThatIsSet(Trace trace) throws Exception {
        trace.add("set", event.isSet());
        event.set();
        var passes = Passes.start();
        await(event.waitAsync());
        await(event.waitAsync());
        trace.add("passes", passes.stop(), "set", event.isSet());
    }

    @Twin("an_event_that_was_cleared_makes_wait_again")
    void anEventThatWasClearedMakesWaitAgain(Trace trace) throws Exception {
        event.set();
        event.clear();
        event.clear();
        trace.add("set", event.isSet());
        startWaiters(trace, "a");
        trace.add("set it");
        event.set();
        nap(1);
    }

    @Twin("setting_wakes_all_that_wait")
    void settingWakesAllThatWait(Trace trace) throws Exception {
        var passes = new Passes[1];
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b", "c")) {
            tasks.add(createTask(() -> {
                await(event.waitAsync());
                trace.add(name, "after", passes[0].count());
            }));
        }
        nap(1);
        passes[0] = Passes.start();
        event.set();
        event.set();
        await(Asyncio.wait(tasks));
        passes[0].stop();
    }

    @Twin("clearing_right_after_setting_wakes_all_the_same")
    void clearingRightAfterSettingWakesAllTheSame(Trace trace) throws Exception {
        startWaiters(trace, "a", "b");
        event.set();
        event.clear();
        nap(1);
        trace.add("set", event.isSet());
    }

    @Twin("who_comes_after_a_set_that_was_cleared_waits_for_the_next")
    void whoComesAfterASetThatWasClearedWaitsForTheNext(Trace trace) throws Exception {
        startWaiters(trace, "a");
        start(trace, "newcomer", () -> await(event.waitAsync()));
        event.set();
        event.clear();
        nap(1);
        trace.add("set again");
        event.set();
        nap(1);
    }

    @Twin("a_request_in_the_pass_of_the_set_wins")
    void aRequestInThePassOfTheSetWins(Trace trace) throws Exception {
        var a = startWaiters(trace, "a", "b").get(0);
        event.set();
        a.cancel();
        nap(1);
        trace.add("cancelled", a.isCancelled(), "set", event.isSet());
    }

    @Twin("a_request_before_the_set_of_the_same_pass_wins_too")
    void aRequestBeforeTheSetOfTheSamePassWinsToo(Trace trace) throws Exception {
        var a = startWaiters(trace, "a", "b").get(0);
        a.cancel();
        event.set();
        nap(1);
        trace.add("cancelled", a.isCancelled(), "set", event.isSet());
    }

    @Twin("a_waiter_that_is_cancelled_leaves_the_others_waiting")
    void aWaiterThatIsCancelledLeavesTheOthersWaiting(Trace trace) throws Exception {
        var b = startWaiters(trace, "a", "b", "c").get(1);
        b.cancel();
        nap(1);
        trace.add("set it");
        event.set();
        nap(1);
    }

    @Twin("a_deadline_in_the_pass_of_the_set_is_a_timeout")
    void aDeadlineInThePassOfTheSetIsATimeout(Trace trace) throws Exception {
        race(trace, 2, 3);
        race(trace, 3, 2);
    }

    private static void race(Trace trace, int setAfter, int deadline) throws Exception {
        var event = new AsyncEvent();
        start(trace, "a", () -> waitFor(() -> await(event.waitAsync()), seconds(deadline)));
        await(onePass());
        EventLoop.current().callLater(seconds(setAfter), event::set);
        EventLoop.current().callLater(seconds(1), () -> trace.advance(seconds(5)));
        nap(10);
        trace.add("set", event.isSet());
    }

    @Twin("a_waiter_may_wait_again_at_once")
    void aWaiterMayWaitAgainAtOnce(Trace trace) throws Exception {
        var task = createTask(() -> {
            for (var count = 0; count < 3; count++) {
                await(event.waitAsync());
                trace.add("goes on at", millis());
                event.clear();
            }
        });
        for (var count = 0; count < 3; count++) {
            nap(1);
            event.set();
        }
        await(task);
        trace.add("set", event.isSet());
    }
}
