package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroupStage;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.failures;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.printFailures;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeperStage;

import io.jasyncio.Task;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Task groups within each other and within {@code waitFor}, the timeout of stages. */
class NestedgroupsStage {

    @Twin("a_group_in_a_group_fails_as_a_part_of_it")
    CompletionStage<?> aGroupInAGroupFailsAsAPartOfIt(Trace trace) {
        var outerSibling = new ArrayList<Task<?>>();
        Supplier<CompletionStage<Void>> inner = () -> taskGroupStage(group -> {
            group.createStageTask(failAfterStage(1, "inner"));
            group.createStageTask(sleeperStage(trace, "inner sibling", 10));
            return nothing();
        });
        return taskGroupStage(group -> {
                    group.createStageTask(inner);
                    outerSibling.add(group.createStageTask(sleeperStage(trace, "outer sibling", 10)));
                    return nothing();
                })
                .handle(printFailures(trace))
                .thenRun(() -> trace.add("outer sibling", outerSibling.get(0).isCancelled(), "after", millis()));
    }

    @Twin("a_failure_of_the_outer_group_passes_through_the_inner_block")
    CompletionStage<?> aFailureOfTheOuterGroupPassesThroughTheInnerBlock(Trace trace) {
        var main = currentTask();
        return taskGroupStage(outer -> {
                    var own = currentTask();
                    outer.createStageTask(failAfterStage(1, "outer"));
                    return taskGroupStage(inner -> {
                                inner.createStageTask(sleeperStage(trace, "inner child", 10));
                                return nothing();
                            })
                            .whenComplete((value, failure) ->
                                    trace.add("inner", original(failure), "requests", own.cancelling()));
                })
                .handle(printFailures(trace))
                .thenRun(() -> trace.add("requests", main.cancelling()));
    }

    @Twin("nested_groups_that_fail_in_the_same_pass_leave_no_request_behind")
    CompletionStage<?> nestedGroupsThatFailInTheSamePassLeaveNoRequestBehind(Trace trace) {
        var main = currentTask();
        return taskGroupStage(outer -> {
                    outer.createStageTask(failAfterStage(1, "outer"));
                    return taskGroupStage(inner -> {
                        inner.createStageTask(failAfterStage(1, "inner"));
                        return sleep(seconds(10));
                    });
                })
                .handle(printFailures(trace))
                .thenRun(() -> trace.add("requests", main.cancelling()))
                .thenCompose(then -> sleep(seconds(1)))
                .thenRun(() -> trace.add("slept"));
    }

    @Twin("a_timeout_around_a_group_cancels_it")
    CompletionStage<?> aTimeoutAroundAGroupCancelsIt(Trace trace) {
        var main = currentTask();
        return timedOut(trace, main, true).thenCompose(then -> timedOut(trace, main, false));
    }

    private static CompletionStage<Void> timedOut(Trace trace, Task<?> main, boolean bodyWaits) {
        Task<Void> group = taskGroupStage(tasks -> {
            tasks.createStageTask(sleeperStage(trace, "child", 10));
            return bodyWaits ? sleep(seconds(10)) : nothing();
        });
        return waitFor(group, seconds(1)).exceptionally(late -> {
            trace.add(late, "requests", main.cancelling(), "at", millis());
            return null;
        });
    }

    @Twin("a_failure_goes_before_the_timeout_around_the_group")
    CompletionStage<?> aFailureGoesBeforeTheTimeoutAroundTheGroup(Trace trace) {
        var main = currentTask();
        var group = taskGroupStage(tasks -> {
            tasks.createStageTask(GroupcancelsStage.failWhenCancelled());
            return nothing();
        });
        return waitFor(group, seconds(1))
                .handle(printFailures(trace))
                .thenRun(() -> trace.add("requests", main.cancelling()))
                .thenCompose(then -> sleep(seconds(1)))
                .thenRun(() -> trace.add("slept"));
    }

    @Twin("a_timeout_in_a_group_is_a_failure_like_any_other")
    CompletionStage<?> aTimeoutInAGroupIsAFailureLikeAnyOther(Trace trace) {
        var main = currentTask();
        Supplier<CompletionStage<Void>> impatient = () -> waitFor(sleep(seconds(10)), seconds(1));
        return taskGroupStage(group -> {
                    group.createStageTask(impatient);
                    group.createStageTask(sleeperStage(trace, "sibling", 10));
                    return nothing();
                })
                .exceptionally(failed -> print(trace, "in the child", failed))
                .thenCompose(then -> taskGroupStage(group -> {
                    group.createStageTask(sleeperStage(trace, "child", 10));
                    return impatient.get();
                }))
                .exceptionally(failed -> print(trace, "in the body", failed))
                .thenRun(() -> trace.add("requests", main.cancelling()));
    }

    private static <T> T print(Trace trace, String where, Throwable failed) {
        trace.add(where, failures(failed));
        return null;
    }
}
