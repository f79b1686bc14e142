package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.asCompleted;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.afterStage;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.named;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeperStage;
import static io.jasyncio.conformance.WaitingDirect.show;

import io.jasyncio.AsCompleted;
import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.ReturnWhen;
import io.jasyncio.Task;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** S78 and S79 in stage style. */
class WaitingStage {

    @Twin("wait_ends_when_all_have_ended_and_does_not_fail_with_them")
    CompletionStage<?> waitEndsWhenAllHaveEndedAndDoesNotFailWithThem(Trace trace) {
        var victim = createStageTask(sleeperStage(trace, "victim", 10), named("victim"));
        EventLoop.current().callLater(seconds(1), victim::cancel);
        var bad = createStageTask(failAfterStage(2, "bad"), named("bad"));
        var fine = createStageTask(afterStage(3, 0), named("fine"));
        return Asyncio.wait(List.of(bad, fine, victim)).thenAccept(result -> {
            show(trace, result);
            trace.add(bad.exception().getMessage());
        });
    }

    @Twin("wait_for_the_first_to_end")
    CompletionStage<?> waitForTheFirstToEnd(Trace trace) {
        var slow = createStageTask(sleeperStage(trace, "slow", 3), named("slow"));
        var quick = createStageTask(afterStage(1, 0), named("quick"));
        return Asyncio.wait(List.of(slow, quick), ReturnWhen.FIRST_COMPLETED)
                .thenAccept(result -> show(trace, result))
                .thenCompose(then -> slow);
    }

    @Twin("wait_for_the_first_failure_ignores_cancelled_ones")
    CompletionStage<?> waitForTheFirstFailureIgnoresCancelledOnes(Trace trace) {
        var victim = createStageTask(sleeperStage(trace, "victim", 10), named("victim"));
        var slow = createStageTask(afterStage(9, 0), named("slow"));
        EventLoop.current().callLater(seconds(1), victim::cancel);
        var bad = createStageTask(failAfterStage(2, "bad"), named("bad"));
        return Asyncio.wait(List.of(victim, slow, bad), ReturnWhen.FIRST_EXCEPTION)
                .thenAccept(result -> {
                    show(trace, result);
                    trace.add(bad.exception().getMessage());
                })
                .thenCompose(then -> Asyncio.wait(List.of(victim, slow), ReturnWhen.FIRST_EXCEPTION))
                .thenAccept(result -> show(trace, result));
    }

    @Twin("wait_with_a_time_limit_cancels_nothing")
    CompletionStage<?> waitWithATimeLimitCancelsNothing(Trace trace) {
        var slow = createStageTask(sleeperStage(trace, "slow", 3), named("slow"));
        var quick = createStageTask(afterStage(1, 0), named("quick"));
        Function<Integer, CompletionStage<Void>> waitFor =
                limit -> Asyncio.wait(List.of(slow, quick), seconds(limit), ReturnWhen.ALL_COMPLETED)
                        .thenAccept(result -> show(trace, result));
        return waitFor.apply(2).thenCompose(then -> waitFor.apply(0)).thenCompose(then -> waitFor.apply(5));
    }

    @Twin("a_cancelled_wait_cancels_nothing")
    CompletionStage<?> aCancelledWaitCancelsNothing(Trace trace) {
        var slow = createStageTask(sleeperStage(trace, "slow", 3), named("slow"));
        var task = createStageTask(() -> Asyncio.wait(List.of(slow)));
        return sleep(seconds(1))
                .thenRun(task::cancel)
                .thenCompose(then -> Asyncio.wait(List.of(task)))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "slow", slow.isDone(), millis()))
                .thenCompose(then -> slow);
    }

    @Twin(
            value = "wait_sees_what_ends_until_its_task_goes_on",
            because = "a function that is chained to the stage runs one pass before a task would go on",
            trace = "done [passes 1] pending [passes 2, passes 3] 0")
    CompletionStage<?> waitSeesWhatHasEndedWhenItsFunctionRuns(Trace trace) {
        var tasks = Stream.of(1, 2, 3)
                .map(count -> createStageTask(() -> passes(count), named("passes " + count)))
                .toList();
        return Asyncio.wait(tasks, ReturnWhen.FIRST_COMPLETED)
                .thenAccept(result -> show(trace, result))
                .thenCompose(then -> Asyncio.wait(tasks));
    }

    private static CompletionStage<Void> passes(int count) {
        return count == 0 ? nothing() : sleep(Duration.ZERO).thenCompose(then -> passes(count - 1));
    }

    @Twin("wait_for_nothing_is_refused")
    CompletionStage<?> waitForNothingIsRefused(Trace trace) {
        try {
            return Asyncio.wait(List.<Task<?>>of());
        } catch (IllegalArgumentException refused) {
            trace.add(refused);
            return nothing();
        }
    }

    @Twin("as_completed_gives_the_futures_in_the_order_of_their_end")
    CompletionStage<?> asCompletedGivesTheFuturesInTheOrderOfTheirEnd(Trace trace) {
        var tasks = Stream.of(3, 1, 2)
                .map(seconds -> createStageTask(afterStage(seconds, seconds), named("after " + seconds)))
                .toList();
        return eachFuture(
                asCompleted(tasks),
                Duration.ZERO,
                task -> trace.add(task, task.join(), tasks.contains(task), millis()));
    }

    private static <F extends LoopFuture<?>> CompletionStage<Void> eachFuture(
            AsCompleted<?, F> inOrder, Duration pause, Consumer<F> action) {
        return inOrder.hasNext()
                ? inOrder.nextAsync()
                        .thenAccept(action)
                        .thenCompose(then -> sleep(pause))
                        .thenCompose(then -> eachFuture(inOrder, pause, action))
                : nothing();
    }

    @Twin("as_completed_gives_the_results_in_the_order_of_their_end")
    CompletionStage<?> asCompletedGivesTheResultsInTheOrderOfTheirEnd(Trace trace) {
        Task<String> first = createStageTask(failAfterStage(1, "first"));
        var tasks = List.of(createStageTask(afterStage(3, "last")), first, createStageTask(afterStage(2, "second")));
        return eachResult(trace, asCompleted(tasks).iterator());
    }

    private static CompletionStage<Void> eachResult(Trace trace, Iterator<LoopFuture<String>> results) {
        return results.hasNext()
                ? results.next()
                        .handle((value, failure) -> print(trace, value, failure))
                        .thenCompose(then -> eachResult(trace, results))
                : nothing();
    }

    private static Void print(Trace trace, String value, Throwable failure) {
        if (failure instanceof Boom boom) {
            trace.add(boom, boom.getMessage(), millis());
        } else {
            trace.add(failure == null ? value : failure, millis());
        }
        return null;
    }

    @Twin("as_completed_takes_what_has_ended_already")
    CompletionStage<?> asCompletedTakesWhatHasEndedAlready(Trace trace) {
        LoopFuture<String> ended = EventLoop.current().createFuture();
        ended.complete("ended");
        LoopFuture<String> slow = createStageTask(afterStage(1, "slow"));
        return eachResult(
                        trace,
                        Asyncio.<String, LoopFuture<String>>asCompleted(List.of(slow, ended, slow))
                                .iterator())
                .thenCompose(then -> eachResult(
                        trace,
                        Asyncio.<String, LoopFuture<String>>asCompleted(List.of())
                                .iterator()));
    }

    @Twin("as_completed_with_a_time_limit_cancels_nothing")
    CompletionStage<?> asCompletedWithATimeLimitCancelsNothing(Trace trace) {
        Task<String> slow =
                createStageTask(() -> sleeperStage(trace, "slow", 3).get().thenApply(slept -> "slow"));
        var tasks = List.of(slow, createStageTask(afterStage(1, "quick")));
        return eachResult(trace, asCompleted(tasks, seconds(2)).iterator()).thenCompose(then -> slow);
    }

    @Twin("a_time_limit_ends_the_iteration_over_as_completed")
    CompletionStage<?> aTimeLimitEndsTheIterationOverAsCompleted(Trace trace) {
        Task<?> slow = createStageTask(sleeperStage(trace, "slow", 4), named("slow"));
        var tasks = List.<Task<?>>of(
                slow,
                createStageTask(afterStage(1, 0), named("quick")),
                createStageTask(afterStage(2, 0), named("also")));
        return eachFuture(asCompleted(tasks, seconds(3)), seconds(2), task -> trace.add(task, millis()))
                .exceptionally(late -> {
                    trace.add(original(late), millis());
                    return null;
                })
                .thenCompose(then -> Asyncio.wait(List.of(slow)));
    }
}
