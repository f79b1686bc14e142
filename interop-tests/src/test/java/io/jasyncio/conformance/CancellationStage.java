package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.failed;
import static io.jasyncio.conformance.Ending.ifCancelled;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;

/** S39-S43, S46 and S51 in stage style. */
class CancellationStage {

    @Twin("a_request_is_delivered_once")
    CompletionStage<?> aRequestIsDeliveredOnce(Trace trace) {
        var task = createStageTask(() -> ifCancelled(napStage(10), cancelled -> {
                    trace.add("caught", cancelled, "at", millis());
                    return known(null);
                })
                .thenCompose(caught -> napStage(2))
                .thenRun(() -> trace.add("slept until", millis()))
                .thenApply(slept -> "value"));
        return napStage(1)
                .thenApply(slept -> task.cancel())
                .thenCompose(accepted -> task.thenAccept(value -> trace.add(value, "accepted", accepted)));
    }

    @Twin("a_body_may_clean_up_before_it_ends_cancelled")
    CompletionStage<?> aBodyMayCleanUpBeforeItEndsCancelled(Trace trace) {
        var task = createStageTask(() -> ifCancelled(
                napStage(10),
                cancelled -> napStage(3).thenCompose(slept -> {
                    trace.add("cleaned up at", millis());
                    return failed(cancelled);
                })));
        return napStage(1)
                .thenRun(() -> {
                    task.cancel();
                    trace.add("done", task.isDone());
                })
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "at", millis()));
    }

    @Twin("a_second_request_breaks_the_cleanup_off")
    CompletionStage<?> aSecondRequestBreaksTheCleanupOff(Trace trace) {
        var task = createStageTask(() -> ifCancelled(napStage(10), cancelled -> {
            trace.add("cleaning up", millis());
            return napStage(10).thenRun(() -> trace.add("not reached"));
        }));
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(first -> napStage(1))
                .thenRun(task::cancel)
                .thenCompose(second -> endedStage(task))
                .thenRun(() ->
                        trace.add("cancelled", task.isCancelled(), "requests", task.cancelling(), "at", millis()));
    }

    @Twin("requests_are_counted_until_the_task_has_ended")
    CompletionStage<?> requestsAreCountedUntilTheTaskHasEnded(Trace trace) {
        var task = createStageTask(() -> {
            var me = currentTask();
            return stubbornNap(trace, me)
                    .thenCompose(first -> stubbornNap(trace, me))
                    .thenCompose(second -> sleep(seconds(1), "value"));
        });
        var accepted = new ArrayList<Boolean>();
        return napStage(1)
                .thenRun(() -> accepted.add(task.cancel()))
                .thenCompose(first -> napStage(1))
                .thenRun(() -> accepted.add(task.cancel()))
                .thenCompose(second -> task)
                .thenAccept(
                        value -> trace.add(value, "accepted", accepted, task.cancel(), "requests", task.cancelling()));
    }

    private static CompletionStage<Void> stubbornNap(Trace trace, Task<?> me) {
        return ifCancelled(napStage(10), cancelled -> {
            trace.add("requests", me.cancelling());
            return known(null);
        });
    }

    @Twin("uncancel_takes_one_request_back_and_stops_at_zero")
    CompletionStage<?> uncancelTakesOneRequestBackAndStopsAtZero(Trace trace) {
        var task = createStageTask(
                () -> ifCancelled(napStage(10).thenApply(slept -> "not reached"), cancelled -> known("value")));
        return napStage(1)
                .thenRun(() -> {
                    task.cancel();
                    task.cancel();
                    trace.add("requests", task.cancelling(), "left", task.uncancel(), task.uncancel(), task.uncancel());
                })
                .thenCompose(cancelled -> task)
                .thenAccept(value -> trace.add(value, "requests", task.cancelling(), "cancelled", task.isCancelled()));
    }

    private static LoopFuture<Void> notReached(Trace trace) {
        trace.add("not reached");
        return known(null);
    }

    @Twin("a_task_that_is_cancelled_before_it_starts_never_runs")
    CompletionStage<?> aTaskThatIsCancelledBeforeItStartsNeverRuns(Trace trace) {
        var task = createStageTask(() -> notReached(trace));
        trace.add("accepted", task.cancel(), "done", task.isDone());
        return onePass().thenRun(() -> trace.add("cancelled", task.isCancelled(), "requests", task.cancelling()));
    }

    @Twin("a_request_that_is_taken_back_before_the_start_is_dropped")
    CompletionStage<?> aRequestThatIsTakenBackBeforeTheStartIsDropped(Trace trace) {
        var task = createStageTask(() -> {
            trace.add("runs");
            return napStage(1).thenApply(slept -> "value");
        });
        task.cancel();
        trace.add("left", task.uncancel());
        return task.thenAccept(trace::add);
    }

    @Twin("one_of_two_requests_taken_back_leaves_one_to_deliver")
    CompletionStage<?> oneOfTwoRequestsTakenBackLeavesOneToDeliver(Trace trace) {
        var task = createStageTask(() -> notReached(trace));
        task.cancel();
        task.cancel();
        trace.add("left", task.uncancel());
        return endedStage(task)
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "requests", task.cancelling()));
    }

    @Twin("a_body_that_swallows_the_cancellation_ends_normally")
    CompletionStage<?> aBodyThatSwallowsTheCancellationEndsNormally(Trace trace) {
        var task = createStageTask(
                () -> ifCancelled(napStage(10).thenApply(slept -> "not reached"), cancelled -> known("value")));
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> task)
                .thenAccept(value -> trace.add(value, "cancelled", task.isCancelled(), "requests", task.cancelling()));
    }

    @Twin("a_body_that_answers_with_a_failure_has_failed")
    CompletionStage<?> aBodyThatAnswersWithAFailureHasFailed(Trace trace) {
        var task = createStageTask(() -> ifCancelled(napStage(10), cancelled -> failed(new Boom("in place of it"))));
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> {
                    var failed = task.exception();
                    trace.add(failed, failed.getMessage(), "cancelled", task.isCancelled());
                });
    }
}
