package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;

import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S42, S46, S53, S55, S56 and S61-S63 in stage style. */
class WaitforcancelsStage {

    /** A task that waits with a deadline, and says how that ended. */
    private static <T> Task<T> limited(Trace trace, CompletionStage<T> awaited, int timeout) {
        return createStageTask(() -> {
            var me = currentTask();
            return waitFor(awaited, seconds(timeout)).whenComplete((value, failure) -> {
                if (failure == null) {
                    trace.add("got", value, "at", millis());
                } else {
                    trace.add(original(failure), "requests", me.cancelling(), "at", millis());
                }
            });
        });
    }

    @Twin("cancelling_the_one_that_waits_cancels_what_it_waits_for")
    CompletionStage<?> cancellingTheOneThatWaitsCancelsWhatItWaitsFor(Trace trace) {
        var slow = createStageTask(() -> ifCancelled(
                napStage(10),
                cancelled -> napStage(2).thenCompose(slept -> {
                    trace.add("cleaned up", millis());
                    return failed(cancelled);
                })));
        var task = limited(trace, slow, 5);
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin(
            value = "a_request_wins_over_a_result_of_the_same_pass",
            because =
                    "a function of a stage runs where the stage is completed, before the request; the task that ends with"
                            + " the chain is cancelled all the same",
            trace = {"got value at 1000", "cancelled true future value"})
    CompletionStage<?> aRequestWinsOverAResultOfTheSamePass(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        var task = limited(trace, future, 5);
        return napStage(1)
                .thenRun(() -> {
                    future.complete("value");
                    task.cancel();
                })
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "future", future.getNow("none")));
    }

    private static Supplier<CompletionStage<Void>> slowToEnd(int seconds) {
        return () -> ifCancelled(napStage(10), cancelled -> napStage(seconds).thenCompose(slept -> failed(cancelled)));
    }

    @Twin("a_request_wins_over_the_deadline_that_passes_during_the_cleanup")
    CompletionStage<?> aRequestWinsOverTheDeadlineThatPassesDuringTheCleanup(Trace trace) {
        var task = limited(trace, createStageTask(slowToEnd(1)), 2);
        return sleep(seconds(3).dividedBy(2))
                .thenRun(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin("a_request_after_the_deadline_wins_over_the_timeout")
    CompletionStage<?> aRequestAfterTheDeadlineWinsOverTheTimeout(Trace trace) {
        var task = limited(trace, createStageTask(slowToEnd(10)), 1);
        return napStage(2)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin("a_request_in_the_pass_of_the_deadline_wins")
    CompletionStage<?> aRequestInThePassOfTheDeadlineWins(Trace trace) {
        var task = limited(trace, sleep(seconds(10)), 2);
        EventLoop.current().callLater(seconds(2), task::cancel);
        return endedStage(task).thenRun(() -> trace.add("cancelled", task.isCancelled(), "at", millis()));
    }

    @Twin("what_refuses_a_request_from_outside_gives_its_value")
    CompletionStage<?> whatRefusesARequestFromOutsideGivesItsValue(Trace trace) {
        var stubborn = createStageTask(
                () -> ifCancelled(napStage(10).thenApply(slept -> "not reached"), cancelled -> known("value")));
        var task = limited(trace, stubborn, 5);
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "requests", task.cancelling()));
    }

    @Twin("a_shield_lets_the_one_that_waits_go_at_once")
    CompletionStage<?> aShieldLetsTheOneThatWaitsGoAtOnce(Trace trace) {
        var work = createStageTask(() -> sleep(seconds(3), "value"));
        var task = limited(trace, shield(work), 5);
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenCompose(ended -> work)
                .thenAccept(value -> trace.add("work", value, "at", millis()));
    }

    @Twin("an_inner_deadline_is_a_failure_to_the_outer_one")
    CompletionStage<?> anInnerDeadlineIsAFailureToTheOuterOne(Trace trace) {
        return limited(trace, limited(trace, sleep(seconds(10)), 1), 5)
                .handle((value, failure) -> original(failure))
                .thenAccept(late -> trace.add("outer", late));
    }

    @Twin("an_outer_deadline_is_a_cancellation_to_the_inner_one")
    CompletionStage<?> anOuterDeadlineIsACancellationToTheInnerOne(Trace trace) {
        return limited(trace, limited(trace, sleep(seconds(10)), 5), 1)
                .handle((value, failure) -> original(failure))
                .thenAccept(late -> trace.add("outer", late));
    }
}
