package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.Ending.waiterStage;

import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.util.concurrent.CompletionStage;

/** S41, S42, S44 and S51 in stage style. */
class CancelracesStage {

    private static final String INLINE =
            "a function of a stage runs where the stage is completed, before the request; the"
                    + " task that ends with the chain is cancelled all the same";

    private static Task<Void> waiter(Trace trace, CompletionStage<?> awaited) {
        return createStageTask(waiterStage(trace, "task", awaited));
    }

    @Twin(
            value = "a_request_wins_over_a_result_of_the_same_pass",
            because = INLINE,
            trace = {"task got value", "accepted true", "cancelled true future value"})
    CompletionStage<?> aRequestWinsOverAResultOfTheSamePass(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        var task = waiter(trace, future);
        return napStage(1)
                .thenRun(() -> {
                    future.complete("value");
                    trace.add("accepted", task.cancel());
                })
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "future", future.getNow("none")));
    }

    @Twin(
            value = "a_result_after_a_request_of_the_same_pass_is_refused",
            because = "a function of a stage runs where the stage is cancelled, so it prints first",
            trace = {"task Cancelled", "future done true cancelled true"})
    CompletionStage<?> aResultAfterARequestOfTheSamePassIsRefused(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        var task = waiter(trace, future);
        return napStage(1)
                .thenRun(() -> {
                    task.cancel();
                    trace.add("future done", future.isDone(), "cancelled", future.isCancelled());
                })
                .thenCompose(cancelled -> endedStage(task));
    }

    @Twin(
            value = "a_request_wins_over_a_sleep_that_ends_in_the_same_pass",
            because = INLINE,
            trace = {"task got slept", "cancelled true at 1000"})
    CompletionStage<?> aRequestWinsOverASleepThatEndsInTheSamePass(Trace trace) {
        var task = waiter(trace, sleep(seconds(1), "slept"));
        return onePass()
                .thenRun(() -> EventLoop.current().callLater(seconds(1), task::cancel))
                .thenCompose(scheduled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "at", millis()));
    }

    @Twin(
            value = "a_request_wins_over_a_child_that_has_just_ended",
            because = "what depends on a stage goes on before its callbacks are called, so the request comes too late",
            trace = {"task got value", "accepted false", "cancelled false child value"})
    CompletionStage<?> aRequestFromACallbackComesTooLate(Trace trace) {
        var inner = createStageTask(() -> sleep(seconds(1), "value"));
        var task = waiter(trace, inner);
        inner.addDoneCallback(ended -> trace.add("accepted", task.cancel()));
        return onePass()
                .thenCompose(started -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "child", inner.getNow("none")));
    }

    @Twin("a_request_that_comes_after_the_wakeup_is_too_late")
    CompletionStage<?> aRequestThatComesAfterTheWakeupIsTooLate(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        var task = waiter(trace, future);
        return napStage(1)
                .thenRun(() -> future.complete("value"))
                .thenCompose(completed -> onePass())
                .thenRun(() -> trace.add("accepted", task.cancel(), "cancelled", task.isCancelled()));
    }

    @Twin(
            value = "two_requests_of_the_same_pass_are_delivered_as_one",
            because =
                    "a function of a stage runs inside of the first cancel(), so the second one breaks off what comes next",
            trace = {"Cancelled requests 1", "cancelled true"})
    CompletionStage<?> twoRequestsOfTheSamePassAreDeliveredOneByOne(Trace trace) {
        var future = EventLoop.current().<Void>createFuture();
        var task = createStageTask(() -> {
            var me = currentTask();
            return ifCancelled(future, cancelled -> {
                        trace.add(cancelled, "requests", me.cancelling());
                        return onePass();
                    })
                    .thenRun(() -> trace.add("goes on"));
        });
        return napStage(1)
                .thenRun(() -> {
                    task.cancel();
                    task.cancel();
                })
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin(
            value = "a_request_after_the_future_was_cancelled_is_delivered_with_it",
            because =
                    "a function of a stage runs inside of the first cancel(), so the second one breaks off what comes next",
            trace = {"Cancelled requests 0", "accepted true"})
    CompletionStage<?> aRequestAfterTheFutureWasCancelledIsOneMore(Trace trace) {
        var future = EventLoop.current().<Void>createFuture();
        var task = createStageTask(() -> {
            var me = currentTask();
            return ifCancelled(future, cancelled -> {
                        trace.add(cancelled, "requests", me.cancelling());
                        return napStage(1);
                    })
                    .thenRun(() -> trace.add("goes on"));
        });
        return napStage(1)
                .thenRun(() -> {
                    future.cancel();
                    trace.add("accepted", task.cancel());
                })
                .thenCompose(cancelled -> endedStage(task));
    }

    @Twin(
            value = "a_request_taken_back_in_the_same_pass_leaves_the_result",
            because = "a function of a stage runs where the stage is completed, so it prints first",
            trace = {"task got value", "left 0", "cancelled false"})
    CompletionStage<?> aRequestTakenBackInTheSamePassLeavesTheResult(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        var task = waiter(trace, future);
        return napStage(1)
                .thenRun(() -> {
                    future.complete("value");
                    task.cancel();
                    trace.add("left", task.uncancel());
                })
                .thenCompose(uncancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin(
            value = "a_request_taken_back_does_not_revive_the_future",
            because = "a function of a stage runs where the stage is cancelled, so it prints first",
            trace = {"task Cancelled", "left 0", "cancelled true requests 0"})
    CompletionStage<?> aRequestTakenBackDoesNotReviveTheFuture(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        var task = waiter(trace, future);
        return napStage(1)
                .thenRun(() -> {
                    task.cancel();
                    trace.add("left", task.uncancel());
                })
                .thenCompose(uncancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "requests", task.cancelling()));
    }
}
