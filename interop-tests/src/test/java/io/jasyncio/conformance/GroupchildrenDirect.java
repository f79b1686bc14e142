package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.conformance.Children.failAfter;
import static io.jasyncio.conformance.Children.failures;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeper;

import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.Task;
import io.jasyncio.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The children of task groups in direct style. */
@NotHere(
        scenario = "a_group_must_be_entered_and_only_once",
        because = "nobody has a group that was not entered: the function that makes it enters it")
class GroupchildrenDirect {

    @Twin("children_may_start_siblings_after_the_body_has_ended")
    void childrenMayStartSiblingsAfterTheBodyHasEnded(Trace trace) throws Exception {
        taskGroup(group -> {
            group.createTask(parentOf(trace, group, 2));
            trace.add("body ends");
            return null;
        });
        trace.add("after", millis());
    }

    private static CoroutineAction parentOf(Trace trace, TaskGroup group, int left) {
        return () -> {
            await(sleep(seconds(1)));
            trace.add("child", left, millis());
            if (left > 0) {
                group.createTask(parentOf(trace, group, left - 1));
            }
        };
    }

    @Twin("no_child_is_taken_during_the_shutdown_or_after_the_end")
    void noChildIsTakenDuringTheShutdownOrAfterTheEnd(Trace trace) throws Exception {
        var groups = new ArrayList<TaskGroup>();
        try {
            taskGroup(group -> {
                groups.add(group);
                group.createTask(failAfter(1, "child"));
                try {
                    return await(sleep(seconds(10)));
                } finally {
                    tryToCreate(trace, group, "shutting down");
                }
            });
        } catch (ExceptionGroup failed) {
            trace.add("failed", failures(failed));
        }
        tryToCreate(trace, groups.get(0), "finished");
        var empty = taskGroup(group -> group);
        tryToCreate(trace, empty, "empty");
    }

    static void tryToCreate(Trace trace, TaskGroup group, String where) {
        try {
            group.createTask(sleeper(trace, "never", 10));
        } catch (IllegalStateException refused) {
            trace.add(where, refused);
        }
    }

    @Twin("no_child_is_taken_between_the_last_end_and_the_end_of_the_block")
    void noChildIsTakenBetweenTheLastEndAndTheEndOfTheBlock(Trace trace) throws Exception {
        taskGroup(group -> {
            var child = group.createTask(sleeper(trace, "child", 1));
            child.addDoneCallback(rightAfterTheGroupWasTold -> tryToCreate(trace, group, "refused"));
            return null;
        });
        trace.add("after", millis());
    }

    @Twin("the_children_of_a_group_have_ended_after_it")
    void theChildrenOfAGroupHaveEndedAfterIt(Trace trace) throws Exception {
        List<Task<Integer>> tasks = taskGroup(group -> {
            return Stream.of(3, 1, 2).map(seconds -> startNamed(group, seconds)).toList();
        });
        var results = new ArrayList<Integer>();
        for (var task : tasks) {
            results.add(task.result());
        }
        trace.add(tasks, results, millis());
    }

    private static Task<Integer> startNamed(TaskGroup group, int seconds) {
        Coroutine<Integer> body = Children.after(seconds, seconds * 10);
        return group.createTask(body, Children.named("child " + seconds));
    }

    @Twin("the_passes_of_a_group")
    void thePassesOfAGroup(Trace trace) throws Exception {
        CoroutineAction immediate = () -> {};
        var passes = Passes.start();
        taskGroup(group -> null);
        trace.add("empty", passes.stop());
        passes = Passes.start();
        taskGroup(group -> {
            return group.createTask(immediate);
        });
        trace.add("one child", passes.stop());
        passes = Passes.start();
        taskGroup(group -> {
            group.createTask(immediate);
            await(sleep(Duration.ZERO));
            return await(sleep(Duration.ZERO));
        });
        trace.add("ended before the body", passes.stop());
    }
}
