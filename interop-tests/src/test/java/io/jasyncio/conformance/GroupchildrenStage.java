package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroupStage;
import static io.jasyncio.conformance.Children.afterStage;
import static io.jasyncio.conformance.Children.failAfterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.named;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.printFailures;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeperStage;

import io.jasyncio.Task;
import io.jasyncio.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The children of task groups in stage style. */
@NotHere(
        scenario = "a_group_must_be_entered_and_only_once",
        because = "nobody has a group that was not entered: the function that makes it enters it")
class GroupchildrenStage {

    @Twin("children_may_start_siblings_after_the_body_has_ended")
    CompletionStage<?> childrenMayStartSiblingsAfterTheBodyHasEnded(Trace trace) {
        return taskGroupStage(group -> {
                    group.createStageTask(parentOf(trace, group, 2));
                    trace.add("body ends");
                    return nothing();
                })
                .thenRun(() -> trace.add("after", millis()));
    }

    private static Supplier<CompletionStage<Void>> parentOf(Trace trace, TaskGroup group, int left) {
        return () -> sleep(seconds(1)).thenRun(() -> {
            trace.add("child", left, millis());
            if (left > 0) {
                group.createStageTask(parentOf(trace, group, left - 1));
            }
        });
    }

    @Twin("no_child_is_taken_during_the_shutdown_or_after_the_end")
    CompletionStage<?> noChildIsTakenDuringTheShutdownOrAfterTheEnd(Trace trace) {
        var groups = new ArrayList<TaskGroup>();
        return taskGroupStage(group -> {
                    groups.add(group);
                    group.createStageTask(failAfterStage(1, "child"));
                    return sleep(seconds(10))
                            .whenComplete((slept, failure) -> tryToCreate(trace, group, "shutting down"));
                })
                .handle(printFailures(trace))
                .thenRun(() -> tryToCreate(trace, groups.get(0), "finished"))
                .thenCompose(then -> taskGroupStage(CompletableFuture::completedFuture))
                .thenAccept(empty -> tryToCreate(trace, empty, "empty"));
    }

    private static void tryToCreate(Trace trace, TaskGroup group, String where) {
        try {
            group.createStageTask(sleeperStage(trace, "never", 10));
        } catch (IllegalStateException refused) {
            trace.add(where, refused);
        }
    }

    @Twin("no_child_is_taken_between_the_last_end_and_the_end_of_the_block")
    CompletionStage<?> noChildIsTakenBetweenTheLastEndAndTheEndOfTheBlock(Trace trace) {
        return taskGroupStage(group -> {
                    var child = group.createStageTask(sleeperStage(trace, "child", 1));
                    child.addDoneCallback(rightAfterTheGroupWasTold -> tryToCreate(trace, group, "refused"));
                    return nothing();
                })
                .thenRun(() -> trace.add("after", millis()));
    }

    @Twin("the_children_of_a_group_have_ended_after_it")
    CompletionStage<?> theChildrenOfAGroupHaveEndedAfterIt(Trace trace) {
        var tasks = new ArrayList<Task<Integer>>();
        return taskGroupStage(group -> {
                    Stream.of(3, 1, 2)
                            .map(seconds ->
                                    group.createStageTask(afterStage(seconds, seconds * 10), named("child " + seconds)))
                            .forEach(tasks::add);
                    return nothing();
                })
                .thenRun(() -> trace.add(
                        tasks, tasks.stream().map(CompletableFuture::join).toList(), millis()));
    }

    @Twin(
            value = "the_passes_of_a_group",
            because = "the group is a task of its own, which takes a pass to begin",
            trace = {"empty 1", "one child 4", "ended before the body 4"})
    CompletionStage<?> thePassesOfAGroup(Trace trace) {
        Supplier<CompletionStage<Void>> immediate = Children::nothing;
        return count(trace, "empty", group -> nothing())
                .thenCompose(then -> count(trace, "one child", group -> {
                    group.createStageTask(immediate);
                    return nothing();
                }))
                .thenCompose(then -> count(trace, "ended before the body", group -> {
                    group.createStageTask(immediate);
                    return sleep(Duration.ZERO).thenCompose(again -> sleep(Duration.ZERO));
                }));
    }

    private static CompletionStage<Void> count(
            Trace trace, String what, Function<TaskGroup, CompletionStage<Void>> body) {
        var passes = Passes.start();
        return taskGroupStage(body).thenRun(() -> trace.add(what, passes.stop()));
    }
}
