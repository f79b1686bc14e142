package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.asCompleted;
import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.after;
import static io.jasyncio.conformance.Children.failAfter;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.named;
import static io.jasyncio.conformance.Children.names;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeper;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.ReturnWhen;
import io.jasyncio.Task;
import io.jasyncio.WaitResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** S78 and S79 in direct style. */
class WaitingDirect {

    static void show(Trace trace, WaitResult<? extends Task<?>> result) {
        trace.add("done", names(result.done()), "pending", names(result.pending()), millis());
    }

    @Twin("wait_ends_when_all_have_ended_and_does_not_fail_with_them")
    void waitEndsWhenAllHaveEndedAndDoesNotFailWithThem(Trace trace) throws Exception {
        var victim = createTask(sleeper(trace, "victim", 10), named("victim"));
        EventLoop.current().callLater(seconds(1), victim::cancel);
        var bad = createTask(failAfter(2, "bad"), named("bad"));
        show(trace, await(Asyncio.wait(List.of(bad, createTask(after(3, 0), named("fine")), victim))));
        trace.add(bad.exception().getMessage());
    }

    @Twin("wait_for_the_first_to_end")
    void waitForTheFirstToEnd(Trace trace) throws Exception {
        var slow = createTask(sleeper(trace, "slow", 3), named("slow"));
        var quick = createTask(after(1, 0), named("quick"));
        show(trace, await(Asyncio.wait(List.of(slow, quick), ReturnWhen.FIRST_COMPLETED)));
        await(slow);
    }

    @Twin("wait_for_the_first_failure_ignores_cancelled_ones")
    void waitForTheFirstFailureIgnoresCancelledOnes(Trace trace) throws Exception {
        var victim = createTask(sleeper(trace, "victim", 10), named("victim"));
        var slow = createTask(after(9, 0), named("slow"));
        EventLoop.current().callLater(seconds(1), victim::cancel);
        var bad = createTask(failAfter(2, "bad"), named("bad"));
        show(trace, await(Asyncio.wait(List.of(victim, slow, bad), ReturnWhen.FIRST_EXCEPTION)));
        trace.add(bad.exception().getMessage());
        show(trace, await(Asyncio.wait(List.of(victim, slow), ReturnWhen.FIRST_EXCEPTION)));
    }

    @Twin("wait_with_a_time_limit_cancels_nothing")
    void waitWithATimeLimitCancelsNothing(Trace trace) throws Exception {
        var slow = createTask(sleeper(trace, "slow", 3), named("slow"));
        var quick = createTask(after(1, 0), named("quick"));
        for (var limit : List.of(2, 0, 5)) {
            show(trace, await(Asyncio.wait(List.of(slow, quick), seconds(limit), ReturnWhen.ALL_COMPLETED)));
        }
    }

    @Twin("a_cancelled_wait_cancels_nothing")
    void aCancelledWaitCancelsNothing(Trace trace) throws Exception {
        var slow = createTask(sleeper(trace, "slow", 3), named("slow"));
        var task = createTask(() -> await(Asyncio.wait(List.of(slow))));
        await(sleep(seconds(1)));
        task.cancel();
        await(Asyncio.wait(List.of(task)));
        trace.add("cancelled", task.isCancelled(), "slow", slow.isDone(), millis());
        await(slow);
    }

    @Twin("wait_sees_what_ends_until_its_task_goes_on")
    void waitSeesWhatEndsUntilItsTaskGoesOn(Trace trace) throws Exception {
        var tasks = Stream.of(1, 2, 3)
                .map(count -> createTask(passes(count), named("passes " + count)))
                .toList();
        show(trace, await(Asyncio.wait(tasks, ReturnWhen.FIRST_COMPLETED)));
        await(Asyncio.wait(tasks));
    }

    private static CoroutineAction passes(int count) {
        return () -> {
            for (var pass = 0; pass < count; pass++) {
                await(sleep(Duration.ZERO));
            }
        };
    }

    @Twin("wait_for_nothing_is_refused")
    void waitForNothingIsRefused(Trace trace) throws Exception {
        try {
            await(Asyncio.wait(List.<Task<?>>of()));
        } catch (IllegalArgumentException refused) {
            trace.add(refused);
        }
    }

    @Twin("as_completed_gives_the_futures_in_the_order_of_their_end")
    void asCompletedGivesTheFuturesInTheOrderOfTheirEnd(Trace trace) throws Exception {
        var tasks = Stream.of(3, 1, 2)
                .map(seconds -> createTask(after(seconds, seconds), named("after " + seconds)))
                .toList();
        var inOrder = asCompleted(tasks);
        while (inOrder.hasNext()) {
            var task = await(inOrder.nextAsync());
            trace.add(task, task.result(), tasks.contains(task), millis());
        }
    }

    @Twin("as_completed_gives_the_results_in_the_order_of_their_end")
    void asCompletedGivesTheResultsInTheOrderOfTheirEnd(Trace trace) throws Exception {
        var tasks = List.of(
                createTask(after(3, "last")),
                createTask(Children.<String>failAfter(1, "first")),
                createTask(after(2, "second")));
        for (var following : asCompleted(tasks)) {
            try {
                trace.add(await(following), millis());
            } catch (Boom failed) {
                trace.add(failed, failed.getMessage(), millis());
            }
        }
    }

    @Twin("as_completed_takes_what_has_ended_already")
    void asCompletedTakesWhatHasEndedAlready(Trace trace) throws Exception {
        LoopFuture<String> ended = EventLoop.current().createFuture();
        ended.complete("ended");
        var slow = createTask(after(1, "slow"));
        for (var following : asCompleted(List.of(slow, ended, slow))) {
            trace.add(await(following), millis());
        }
        for (var following : asCompleted(List.<LoopFuture<String>>of())) {
            trace.add("not reached", await(following));
        }
    }

    @Twin("as_completed_with_a_time_limit_cancels_nothing")
    void asCompletedWithATimeLimitCancelsNothing(Trace trace) throws Exception {
        var slow = createTask(sleeper(trace, "slow", 3));
        for (var following : asCompleted(List.of(slow, createTask(after(1, "quick"))), seconds(2))) {
            try {
                trace.add(await(following), millis());
            } catch (TimeoutException late) {
                trace.add(late, millis());
            }
        }
        await(slow);
    }

    @Twin("a_time_limit_ends_the_iteration_over_as_completed")
    void aTimeLimitEndsTheIterationOverAsCompleted(Trace trace) throws Exception {
        var slow = createTask(sleeper(trace, "slow", 4), named("slow"));
        var tasks = List.of(slow, createTask(after(1, 0), named("quick")), createTask(after(2, 0), named("also")));
        try {
            var inOrder = asCompleted(tasks, seconds(3));
            while (inOrder.hasNext()) {
                trace.add(await(inOrder.nextAsync()), millis());
                await(sleep(seconds(2)));
            }
        } catch (TimeoutException late) {
            trace.add(late, millis());
        }
        await(Asyncio.wait(List.of(slow)));
    }
}
