package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroupStage;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.printFailures;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeperStage;

import io.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** S64-S66 in stage style, where a group is a task of its own. */
class TaskgroupsStage {

    @Twin("the_first_failure_cancels_the_siblings_and_the_body")
    CompletionStage<?> theFirstFailureCancelsTheSiblingsAndTheBody(Trace trace) {
        var main = currentTask();
        return taskGroupStage(group -> {
                    var own = currentTask();
                    group.createStageTask(sleeperStage(trace, "sibling", 10));
                    group.createStageTask(failAfterStage(1, "first"));
                    return sleep(seconds(10))
                            .whenComplete((slept, failure) ->
                                    trace.add("body", original(failure), "requests", own.cancelling()));
                })
                .handle(printFailures(trace))
                .thenRun(() -> trace.add("after", millis(), "requests", main.cancelling()))
                .thenCompose(then -> sleep(seconds(1)))
                .thenRun(() -> trace.add("slept"));
    }

    @Twin("failures_are_in_the_order_of_their_end_and_the_body_comes_last")
    CompletionStage<?> failuresAreInTheOrderOfTheirEndAndTheBodyComesLast(Trace trace) {
        return taskGroupStage(group -> {
                    group.createStageTask(failInCleanup(2, "third"));
                    group.createStageTask(failInCleanup(1, "second"));
                    group.createStageTask(failAfterStage(1, "first"));
                    return failInCleanup(0, "body").get();
                })
                .handle(printFailures(trace))
                .thenRun(() -> trace.add("after", millis()));
    }

    private static Supplier<CompletionStage<Void>> failInCleanup(int seconds, String message) {
        return () -> sleep(seconds(10))
                .handle((slept, failure) -> sleep(seconds(seconds)))
                .thenCompose(cleanup -> cleanup)
                .thenApply(then -> {
                    throw new Boom(message);
                });
    }

    @Twin("failures_of_the_same_pass_are_all_there")
    CompletionStage<?> failuresOfTheSamePassAreAllThere(Trace trace) {
        return taskGroupStage(group -> {
                    for (var message : List.of("one", "two", "three")) {
                        group.createStageTask(() -> {
                            throw new Boom(message);
                        });
                    }
                    return Children.nothing();
                })
                .handle(printFailures(trace));
    }

    @Twin(
            value = "a_body_that_awaits_the_failing_child_is_cancelled",
            because =
                    "a dependent stage has the failure at once, before the group hears of it; the group holds it once",
            trace = {"body Boom", "failed [child]"})
    CompletionStage<?> aBodyThatDependsOnTheFailingChildFails(Trace trace) {
        return taskGroupStage(group -> group.createStageTask(failAfterStage(1, "child"))
                        .whenComplete((value, failure) -> trace.add("body", original(failure))))
                .handle(printFailures(trace));
    }

    @Twin("a_body_that_catches_the_cancellation_still_leaves_with_the_failure")
    CompletionStage<?> aBodyThatCatchesTheCancellationStillLeavesWithTheFailure(Trace trace) {
        var main = currentTask();
        return taskGroupStage(group -> {
                    group.createStageTask(failAfterStage(1, "child"));
                    return sleep(seconds(10))
                            .exceptionally(cancelled -> {
                                trace.add("caught");
                                return null;
                            })
                            .thenCompose(then -> sleep(seconds(1)))
                            .thenRun(() -> trace.add("body goes on", millis()));
                })
                .handle(printFailures(trace))
                .thenRun(() -> trace.add("requests", main.cancelling()));
    }

    @Twin("a_cancelled_child_is_no_failure")
    CompletionStage<?> aCancelledChildIsNoFailure(Trace trace) {
        var tasks = new ArrayList<Task<?>>();
        return taskGroupStage(group -> {
                    tasks.add(group.createStageTask(sleeperStage(trace, "victim", 10)));
                    tasks.add(group.createStageTask(() -> {
                        throw new CancellationException();
                    }));
                    tasks.add(group.createStageTask(sleeperStage(trace, "other", 2)));
                    return sleep(seconds(1)).thenRun(() -> tasks.get(0).cancel());
                })
                .thenRun(() -> {
                    var cancelled = tasks.stream().map(Task::isCancelled).toList();
                    trace.add("cancelled", cancelled.get(0), cancelled.get(1), cancelled.get(2));
                    trace.add("after", millis());
                });
    }

    @Twin(
            value = "a_failing_body_cancels_the_children_and_leaves_in_a_group",
            because = "the task of the group hears of the stage's end one pass later, when the last child has begun",
            trace = {"early Cancelled at 1000", "late Cancelled at 1000", "failed [body]", "late true"})
    CompletionStage<?> aFailingBodyCancelsTheChildrenAndLeavesInAGroup(Trace trace) {
        var late = new ArrayList<Task<?>>();
        return taskGroupStage(group -> {
                    group.createStageTask(sleeperStage(trace, "early", 10));
                    return sleep(seconds(1)).thenApply(slept -> {
                        late.add(group.createStageTask(sleeperStage(trace, "late", 10)));
                        throw new Boom("body");
                    });
                })
                .handle(printFailures(trace))
                .thenRun(() -> trace.add("late", late.get(0).isCancelled()));
    }

    @Twin("a_body_that_ends_cancelled_by_itself_leaves_as_it_is")
    CompletionStage<?> aBodyThatEndsCancelledByItselfLeavesAsItIs(Trace trace) {
        var main = currentTask();
        return taskGroupStage(group -> {
                    group.createStageTask(sleeperStage(trace, "child", 10));
                    return sleep(seconds(1)).thenApply(slept -> {
                        throw new CancellationException("own");
                    });
                })
                .handle((value, failure) -> {
                    var cancelled = original(failure);
                    trace.add(cancelled, cancelled.getMessage(), "requests", main.cancelling());
                    return null;
                });
    }
}
