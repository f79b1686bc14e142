package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Ending.endedStage;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.Ending.waiterStage;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** S42 and S46-S48 in stage style. */
class CanceloriginsStage {

    private static Task<Void> sleeper(Trace trace, String name) {
        Supplier<CompletionStage<Void>> body = () -> onCancel(
                napStage(10).thenRun(() -> trace.add(name, "slept")),
                cancelled -> trace.add(name, cancelled, cancelled.getMessage()));
        return createStageTask(body);
    }

    /** The message of the cancellation that a task ends with. */
    private static CompletionStage<String> cancelledMessage(Task<?> task) {
        return endedStage(task).thenApply(ended -> {
            try {
                throw new AssertionError(task + " was not cancelled: " + task.exception());
            } catch (CancellationException cancelled) {
                return Objects.toString(cancelled.getMessage(), "none");
            }
        });
    }

    @Twin("a_task_whose_future_is_cancelled_by_another_ends_cancelled")
    CompletionStage<?> aTaskWhoseFutureIsCancelledByAnotherEndsCancelled(Trace trace) {
        var future = EventLoop.current().createFuture();
        Task<?> task = createStageTask(() -> {
            var me = currentTask();
            return future.whenCompleteAsync(
                    (value, failure) -> trace.add(original(failure), "requests", me.cancelling()));
        });
        return napStage(1)
                .thenRun(() -> trace.add("accepted", future.cancel()))
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin(
            value = "all_who_await_a_cancelled_future_are_told",
            because = "the JDK runs the dependents of a stage in the reverse of their order",
            trace = {"three Cancelled", "two Cancelled", "one Cancelled", "cancelled [true, true, true]"})
    CompletionStage<?> allWhoAwaitACancelledFutureAreTold(Trace trace) {
        var future = EventLoop.current().createFuture();
        var tasks = Stream.of("one", "two", "three")
                .map(name -> createStageTask(waiterStage(trace, name, future)))
                .toList();
        return napStage(1)
                .thenRun(future::cancel)
                .thenCompose(cancelled -> Asyncio.wait(tasks))
                .thenRun(() -> trace.add(
                        "cancelled", tasks.stream().map(Task::isCancelled).toList()));
    }

    @Twin("the_first_message_reaches_a_task_that_waits")
    CompletionStage<?> theFirstMessageReachesATaskThatWaits(Trace trace) {
        var task = sleeper(trace, "task");
        return napStage(1)
                .thenRun(() -> {
                    task.cancel("first");
                    task.cancel("second");
                })
                .thenCompose(cancelled -> cancelledMessage(task))
                .thenAccept(trace::add);
    }

    @Twin("the_last_message_reaches_a_task_that_has_not_started")
    CompletionStage<?> theLastMessageReachesATaskThatHasNotStarted(Trace trace) {
        var task = sleeper(trace, "task");
        task.cancel("first");
        task.cancel("second");
        return cancelledMessage(task).thenAccept(trace::add);
    }

    @Twin("the_message_climbs_a_chain_of_tasks")
    CompletionStage<?> theMessageClimbsAChainOfTasks(Trace trace) {
        var inner = sleeper(trace, "inner");
        var middle = createStageTask(() -> onCancel(inner, cancelled -> trace.add("middle", cancelled.getMessage())));
        var chain = createStageTask(() -> onCancel(middle, cancelled -> trace.add("outer", cancelled.getMessage())));
        return napStage(1)
                .thenRun(() -> chain.cancel("enough"))
                .thenCompose(cancelled -> cancelledMessage(chain))
                .thenAccept(trace::add);
    }

    @Twin("a_cancellation_without_a_message_has_none")
    CompletionStage<?> aCancellationWithoutAMessageHasNone(Trace trace) {
        var task = sleeper(trace, "task");
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> cancelledMessage(task))
                .thenAccept(trace::add);
    }

    @Twin("a_request_from_a_done_callback_reaches_a_task_that_still_waits")
    CompletionStage<?> aRequestFromADoneCallbackReachesATaskThatStillWaits(Trace trace) {
        var future = EventLoop.current().createFuture();
        var other = sleeper(trace, "other");
        future.addDoneCallback(ended -> other.cancel("from a callback"));
        return napStage(1)
                .thenRun(() -> future.complete(null))
                .thenCompose(completed -> endedStage(other))
                .thenRun(() -> trace.add("cancelled", other.isCancelled(), "at", millis()));
    }

    @Twin("a_task_may_cancel_the_one_that_awaits_it")
    CompletionStage<?> aTaskMayCancelTheOneThatAwaitsIt(Trace trace) {
        var task = createStageTask(() -> {
            var parent = currentTask();
            return createStageTask(() -> {
                var child = currentTask();
                trace.add("accepted", parent.cancel());
                return onCancel(
                        napStage(1), cancelled -> trace.add("child", cancelled, "requests", child.cancelling()));
            });
        });
        return endedStage(task).thenRun(() -> trace.add("cancelled", task.isCancelled(), "at", millis()));
    }

    @Twin("results_and_exceptions_of_a_cancelled_task_cannot_be_read")
    CompletionStage<?> resultsAndExceptionsOfACancelledTaskCannotBeRead(Trace trace) {
        var task = sleeper(trace, "task");
        return napStage(1)
                .thenRun(task::cancel)
                .thenCompose(cancelled -> endedStage(task))
                .thenRun(() -> List.<CoroutineAction>of(task::result, task::exception)
                        .forEach(question -> traceRefusal(trace, question)));
    }

    private static void traceRefusal(Trace trace, CoroutineAction question) {
        try {
            question.run();
        } catch (Exception refused) {
            trace.add(refused);
        }
    }
}
