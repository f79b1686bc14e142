package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** S42, S46, S53, S55, S56 and S61-S63 in direct style. */
class WaitforcancelsDirect {

    /** Waits with a deadline, and says how that ended. */
    private static CoroutineAction limited(Trace trace, CompletionStage<?> awaited, int timeout) {
        return () -> {
            try {
                trace.add("got", await(waitFor(awaited, seconds(timeout))), "at", millis());
            } catch (TimeoutException | CancellationException ending) {
                trace.add(ending, "requests", requests(), "at", millis());
                throw ending;
            }
        };
    }

    @Twin("cancelling_the_one_that_waits_cancels_what_it_waits_for")
    void cancellingTheOneThatWaitsCancelsWhatItWaitsFor(Trace trace) throws Exception {
        var slow = createTask(() -> {
            try {
                nap(10);
            } finally {
                nap(2);
                trace.add("cleaned up", millis());
            }
        });
        var task = createTask(limited(trace, slow, 5));
        nap(1);
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("a_request_wins_over_a_result_of_the_same_pass")
    void aRequestWinsOverAResultOfTheSamePass(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var task = createTask(limited(trace, future, 5));
        nap(1);
        future.complete("value");
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled(), "future", future.result());
    }

    private static CoroutineAction slowToEnd(int seconds) {
        return () -> {
            try {
                nap(10);
            } finally {
                nap(seconds);
            }
        };
    }

    @Twin("a_request_wins_over_the_deadline_that_passes_during_the_cleanup")
    void aRequestWinsOverTheDeadlineThatPassesDuringTheCleanup(Trace trace) throws Exception {
        var task = createTask(limited(trace, createTask(slowToEnd(1)), 2));
        await(sleep(seconds(3).dividedBy(2)));
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("a_request_after_the_deadline_wins_over_the_timeout")
    void aRequestAfterTheDeadlineWinsOverTheTimeout(Trace trace) throws Exception {
        var task = createTask(limited(trace, createTask(slowToEnd(10)), 1));
        nap(2);
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("a_request_in_the_pass_of_the_deadline_wins")
    void aRequestInThePassOfTheDeadlineWins(Trace trace) throws Exception {
        var task = createTask(limited(trace, sleep(seconds(10)), 2));
        EventLoop.current().callLater(seconds(2), task::cancel);
        ended(task);
        trace.add("cancelled", task.isCancelled(), "at", millis());
    }

    @Twin("what_refuses_a_request_from_outside_gives_its_value")
    void whatRefusesARequestFromOutsideGivesItsValue(Trace trace) throws Exception {
        var stubborn = createTask(() -> {
            try {
                nap(10);
                return "not reached";
            } catch (CancellationException cancelled) {
                return "value";
            }
        });
        var task = createTask(limited(trace, stubborn, 5));
        nap(1);
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled(), "requests", task.cancelling());
    }

    @Twin("a_shield_lets_the_one_that_waits_go_at_once")
    void aShieldLetsTheOneThatWaitsGoAtOnce(Trace trace) throws Exception {
        var work = createTask(() -> await(sleep(seconds(3), "value")));
        var task = createTask(limited(trace, shield(work), 5));
        nap(1);
        task.cancel();
        ended(task);
        trace.add("work", await(work), "at", millis());
    }

    @Twin("an_inner_deadline_is_a_failure_to_the_outer_one")
    void anInnerDeadlineIsAFailureToTheOuterOne(Trace trace) throws Exception {
        var inner = createTask(limited(trace, sleep(seconds(10)), 1));
        try {
            limited(trace, inner, 5).run();
        } catch (TimeoutException late) {
            trace.add("outer", late);
        }
    }

    @Twin("an_outer_deadline_is_a_cancellation_to_the_inner_one")
    void anOuterDeadlineIsACancellationToTheInnerOne(Trace trace) throws Exception {
        var inner = createTask(limited(trace, sleep(seconds(10)), 5));
        try {
            limited(trace, inner, 1).run();
        } catch (TimeoutException late) {
            trace.add("outer", late);
        }
    }
}
