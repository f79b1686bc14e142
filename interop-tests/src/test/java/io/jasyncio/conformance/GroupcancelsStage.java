package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroupStage;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeperStage;
import static io.jasyncio.conformance.Children.withCleanup;

import io.jasyncio.Asyncio;
import io.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S67 and S68 in stage style: a cancel request goes along the chain to the task of the group. */
class GroupcancelsStage {

    @Twin("cancelling_the_waiting_parent_cancels_the_children")
    CompletionStage<?> cancellingTheWaitingParentCancelsTheChildren(Trace trace) {
        var task = createStageTask(() -> {
            var own = currentTask();
            return groupOf(slowToEnd(trace, 2)).whenComplete((value, failure) -> {
                var cancelled = original(failure);
                trace.add("parent", cancelled, cancelled.getMessage(), "requests", own.cancelling());
            });
        });
        return sleep(seconds(1))
                .thenRun(() -> task.cancel("enough"))
                .thenCompose(then -> Asyncio.wait(List.of(task)))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "after", millis()));
    }

    private static Task<Void> groupOf(Supplier<CompletionStage<Void>> child) {
        return taskGroupStage(group -> {
            group.createStageTask(child);
            return nothing();
        });
    }

    private static Supplier<CompletionStage<Void>> slowToEnd(Trace trace, int seconds) {
        return () -> withCleanup(sleep(seconds(10)), seconds, () -> trace.add("cleaned up", millis()));
    }

    @Twin("cancelling_the_parent_in_the_body_cancels_the_children")
    CompletionStage<?> cancellingTheParentInTheBodyCancelsTheChildren(Trace trace) {
        var task = createStageTask(() -> taskGroupStage(group -> {
            group.createStageTask(sleeperStage(trace, "child", 10));
            var body = sleep(seconds(10)).whenComplete((slept, failure) -> trace.add("body ends"));
            return withCleanup(body, 1, () -> trace.add("body has ended"));
        }));
        return sleep(seconds(1))
                .thenRun(task::cancel)
                .thenCompose(then -> Asyncio.wait(List.of(task)))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "after", millis()));
    }

    @Twin(
            value = "a_failure_goes_before_a_cancellation_from_outside_which_is_felt_later",
            because = "the request is felt by the task of the group, which has ended; the chain goes on without it",
            trace = {"failed [cleanup]", "requests 1", "cancelled false"})
    CompletionStage<?> aFailureGoesBeforeACancellationFromOutside(Trace trace) {
        var task = createStageTask(() -> {
            var own = currentTask();
            return groupOf(failWhenCancelled())
                    .handle(Children.<Void>printFailures(trace))
                    .thenRun(() -> trace.add("requests", own.cancelling()))
                    .thenCompose(then -> sleep(seconds(1)))
                    .whenComplete((slept, failure) -> {
                        if (failure != null) {
                            trace.add("next await", original(failure));
                        }
                    });
        });
        return sleep(seconds(1))
                .thenRun(task::cancel)
                .thenCompose(then -> Asyncio.wait(List.of(task)))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    static Supplier<CompletionStage<Void>> failWhenCancelled() {
        return () -> sleep(seconds(10)).exceptionally(cancelled -> {
            throw new Boom("cleanup");
        });
    }

    @Twin("a_second_cancellation_does_not_leave_the_children_behind")
    CompletionStage<?> aSecondCancellationDoesNotLeaveTheChildrenBehind(Trace trace) {
        var task = createStageTask(() -> {
            var own = currentTask();
            return groupOf(slowToEnd(trace, 3))
                    .whenComplete((value, failure) -> trace.add("parent ends", millis(), "requests", own.cancelling()));
        });
        Runnable cancel = () -> trace.add("accepted", task.cancel());
        return sleep(seconds(1))
                .thenRun(cancel)
                .thenCompose(then -> sleep(seconds(1)))
                .thenRun(cancel)
                .thenCompose(then -> sleep(seconds(1)))
                .thenRun(cancel)
                .thenCompose(then -> Asyncio.wait(List.of(task)))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin("a_cancellation_before_the_first_await_reaches_the_wait")
    CompletionStage<?> aCancellationBeforeTheFirstAwaitReachesTheWait(Trace trace) {
        var children = new ArrayList<Task<?>>();
        var task = createStageTask(() -> taskGroupStage(group -> {
                    children.add(group.createStageTask(sleeperStage(trace, "child", 10)));
                    currentTask().cancel("early");
                    return nothing();
                })
                .whenComplete((value, failure) -> {
                    var cancelled = original(failure);
                    var child = children.get(0).isCancelled();
                    trace.add("parent", cancelled, cancelled.getMessage(), "child", child);
                }));
        return Asyncio.wait(List.of(task)).thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin(
            value = "a_group_in_a_task_that_is_being_cancelled_works",
            because = "the task of the group is a new one, against which no older request stands",
            trace = {"cleanup slept", "requests 1", "slept", "failed [cleanup]", "requests 1", "slept"})
    CompletionStage<?> aGroupInATaskThatIsBeingCancelledWorks(Trace trace) {
        return cancelAndCleanUp(trace, sleeperStage(trace, "cleanup", 1))
                .thenCompose(then -> cancelAndCleanUp(trace, failAfterStage(1, "cleanup")));
    }

    private static CompletionStage<Void> cancelAndCleanUp(Trace trace, Supplier<CompletionStage<Void>> child) {
        var task = createStageTask(() -> {
            var own = currentTask();
            return sleep(seconds(10))
                    .handle((slept, cancelled) -> cleanUp(trace, child))
                    .thenCompose(cleanup -> cleanup)
                    .thenRun(() -> trace.add("requests", own.cancelling()))
                    .thenCompose(then -> sleep(seconds(1)))
                    .thenRun(() -> trace.add("slept"));
        });
        return sleep(seconds(1))
                .thenRun(task::cancel)
                .thenCompose(then -> Asyncio.wait(List.of(task)))
                .thenRun(() -> {});
    }

    private static CompletionStage<Void> cleanUp(Trace trace, Supplier<CompletionStage<Void>> child) {
        return groupOf(child).exceptionally(failure -> {
            trace.add("failed", Children.failures(failure));
            return null;
        });
    }
}
