package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Contenders.startStage;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.sync.AsyncEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S44 and S84 in stage style. */
class EventsStage {

    private final AsyncEvent event = new AsyncEvent();

    /** Has a task for each name wait for the event. */
    private List<Task<Void>> startWaiters(Trace trace, String... names) {
        return Stream.of(names)
                .map(name -> startStage(trace, name, event::waitAsync))
                .toList();
    }

    @Twin("nobody_waits_for_an_event_that_is_set")
    CompletionStage<?> nobodyWaitsForAnEventThatIsSet(Trace trace) {
        trace.add("set", event.isSet());
        event.set();
        var passes = Passes.start();
        return event.waitAsync()
                .thenCompose(once -> event.waitAsync())
                .thenRun(() -> trace.add("passes", passes.stop(), "set", event.isSet()));
    }

    @Twin("an_event_that_was_cleared_makes_wait_again")
    CompletionStage<?> anEventThatWasClearedMakesWaitAgain(Trace trace) {
        event.set();
        event.clear();
        event.clear();
        trace.add("set", event.isSet());
        startWaiters(trace, "a");
        return secondBySecond(() -> {
            trace.add("set it");
            event.set();
        });
    }

    @Twin("setting_wakes_all_that_wait")
    CompletionStage<?> settingWakesAllThatWait(Trace trace) {
        var passes = new Passes[1];
        var tasks = Stream.of("a", "b", "c")
                .map(name -> createStageTask(() ->
                        event.waitAsync().thenRun(() -> trace.add(name, "after", passes[0].count()))))
                .toList();
        return napStage(1)
                .thenRun(() -> {
                    passes[0] = Passes.start();
                    event.set();
                    event.set();
                })
                .thenCompose(set -> Asyncio.wait(tasks))
                .thenRun(() -> passes[0].stop());
    }

    @Twin("clearing_right_after_setting_wakes_all_the_same")
    CompletionStage<?> clearingRightAfterSettingWakesAllTheSame(Trace trace) {
        startWaiters(trace, "a", "b");
        return secondBySecond(
                () -> {
                    event.set();
                    event.clear();
                },
                () -> trace.add("set", event.isSet()));
    }

    @Twin("who_comes_after_a_set_that_was_cleared_waits_for_the_next")
    CompletionStage<?> whoComesAfterASetThatWasClearedWaitsForTheNext(Trace trace) {
        startWaiters(trace, "a");
        return secondBySecond(
                () -> {
                    startWaiters(trace, "newcomer");
                    event.set();
                    event.clear();
                },
                () -> {
                    trace.add("set again");
                    event.set();
                });
    }

    @Twin("a_request_in_the_pass_of_the_set_wins")
    CompletionStage<?> aRequestInThePassOfTheSetWins(Trace trace) {
        var a = startWaiters(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    event.set();
                    a.cancel();
                },
                () -> trace.add("cancelled", a.isCancelled(), "set", event.isSet()));
    }

    @Twin("a_request_before_the_set_of_the_same_pass_wins_too")
    CompletionStage<?> aRequestBeforeTheSetOfTheSamePassWinsToo(Trace trace) {
        var a = startWaiters(trace, "a", "b").get(0);
        return secondBySecond(
                () -> {
                    a.cancel();
                    event.set();
                },
                () -> trace.add("cancelled", a.isCancelled(), "set", event.isSet()));
    }

    @Twin("a_waiter_that_is_cancelled_leaves_the_others_waiting")
    CompletionStage<?> aWaiterThatIsCancelledLeavesTheOthersWaiting(Trace trace) {
        var b = startWaiters(trace, "a", "b", "c").get(1);
        return secondBySecond(b::cancel, () -> {
            trace.add("set it");
            event.set();
        });
    }

    @Twin("a_deadline_in_the_pass_of_the_set_is_a_timeout")
    CompletionStage<?> aDeadlineInThePassOfTheSetIsATimeout(Trace trace) {
        return race(trace, 2, 3).thenCompose(first -> race(trace, 3, 2));
    }

    private static CompletionStage<Void> race(Trace trace, int setAfter, int deadline) {
        var event = new AsyncEvent();
        startStage(trace, "a", () -> waitFor(event.waitAsync(), seconds(deadline)));
        return onePass()
                .thenRun(() -> {
                    EventLoop.current().callLater(seconds(setAfter), event::set);
                    EventLoop.current().callLater(seconds(1), () -> trace.advance(seconds(5)));
                })
                .thenCompose(scheduled -> napStage(10))
                .thenRun(() -> trace.add("set", event.isSet()));
    }

    @Twin("a_waiter_may_wait_again_at_once")
    CompletionStage<?> aWaiterMayWaitAgainAtOnce(Trace trace) {
        createStageTask(() -> waitAndClear(trace, 3));
        return secondBySecond(event::set, event::set, event::set).thenRun(() -> trace.add("set", event.isSet()));
    }

    private CompletionStage<Void> waitAndClear(Trace trace, int times) {
        if (times == 0) {
            return known(null);
        }
        return event.waitAsync().thenCompose(set -> {
            trace.add("goes on at", millis());
            event.clear();
            return waitAndClear(trace, times - 1);
        });
    }
}
