package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueTasks.getterStage;
import static io.jasyncio.conformance.QueueTasks.getterStages;
import static io.jasyncio.conformance.QueueTasks.putterStages;

import io.jasyncio.queue.AsyncQueue;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** S44, S51, S90, S91 and S96 in stage style: what a woken task finds when it runs at last. */
class QueueracesStage {

    @Twin("a_woken_getter_can_be_robbed")
    CompletionStage<?> aWokenGetterCanBeRobbed(Trace trace) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("first");
                    trace.add("robber got", queue.getNowait());
                })
                .thenCompose(robbed -> napStage(1))
                .thenRun(() -> {
                    trace.add("waits on", !task.isDone());
                    queue.putNowait("second");
                })
                .thenCompose(put -> task);
    }

    @Twin("a_robbed_getter_goes_to_the_end_of_the_line")
    CompletionStage<?> aRobbedGetterGoesToTheEndOfTheLine(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("stolen");
                    queue.getNowait();
                })
                .thenCompose(robbed -> napStage(1))
                .thenRun(() -> queue.putNowait("second"))
                .thenCompose(put -> napStage(1))
                .thenRun(() -> queue.putNowait("third"))
                .thenCompose(put -> endedStage(tasks));
    }

    @Twin("a_woken_getter_is_robbed_by_a_task_that_runs_earlier")
    CompletionStage<?> aWokenGetterIsRobbedByATaskThatRunsEarlier(Trace trace) {
        var queue = new AsyncQueue<String>();
        var early = createStageTask(getterStage(trace, "early", queue));
        return napStage(1).thenCompose(slept -> {
            var late = createStageTask(getterStage(trace, "late", queue));
            queue.putNowait("first");
            return napStage(1)
                    .thenRun(() -> queue.putNowait("second"))
                    .thenCompose(put -> endedStage(List.of(early, late)));
        });
    }

    @Twin("a_task_that_runs_after_the_woken_getter_finds_nothing")
    CompletionStage<?> aTaskThatRunsAfterTheWokenGetterFindsNothing(Trace trace) {
        var queue = new AsyncQueue<String>();
        var early = createStageTask(getterStage(trace, "early", queue));
        return napStage(1).thenCompose(slept -> {
            queue.putNowait("first");
            var late = createStageTask(getterStage(trace, "late", queue));
            return napStage(1)
                    .thenRun(() -> queue.putNowait("second"))
                    .thenCompose(put -> endedStage(List.of(early, late)));
        });
    }

    @Twin("a_robbed_putter_goes_to_the_end_of_the_line")
    CompletionStage<?> aRobbedPutterGoesToTheEndOfTheLine(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putterStages(trace, queue, "A", "B");
        var robbed = napStage(1).thenRun(() -> {
            queue.getNowait();
            queue.putNowait("item of the robber");
        });
        for (var i = 0; i < 3; i++) {
            robbed = robbed.thenCompose(before -> napStage(1)).thenRun(() -> trace.add("got", queue.getNowait()));
        }
        return robbed.thenCompose(all -> endedStage(tasks));
    }

    @Twin("a_robbed_getter_that_is_cancelled_wakes_nobody")
    CompletionStage<?> aRobbedGetterThatIsCancelledWakesNobody(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("stolen");
                    queue.getNowait();
                    tasks.get(0).cancel();
                })
                .thenCompose(cancelled -> napStage(1))
                .thenRun(() -> {
                    trace.add("waits on", !tasks.get(1).isDone());
                    queue.putNowait("item");
                })
                .thenCompose(put -> endedStage(tasks));
    }

    @Twin("an_item_that_nobody_takes_stays_where_it_was")
    CompletionStage<?> anItemThatNobodyTakesStaysWhereItWas(Trace trace) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("first");
                    queue.putNowait("second");
                    task.cancel();
                })
                .thenCompose(cancelled -> endedStage(List.of(task)))
                .thenRun(() -> trace.add(List.of(queue.getNowait(), queue.getNowait()), "left", queue.size()));
    }

    @Twin(
            value = "a_request_taken_back_leaves_the_item_to_the_getter",
            because = "a request goes down the chain of stages to the get, and nobody calls it back from there",
            trace = {"getter Cancelled", "left 1"})
    CompletionStage<?> aRequestTakenBackHasCancelledTheGet(Trace trace) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("item");
                    task.cancel();
                    task.uncancel();
                })
                .thenCompose(uncancelled -> endedStage(List.of(task)))
                .thenRun(() -> trace.add("left", queue.size()));
    }
}
