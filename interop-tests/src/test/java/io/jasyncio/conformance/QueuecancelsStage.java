package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueTasks.getterStage;
import static io.jasyncio.conformance.QueueTasks.getterStages;
import static io.jasyncio.conformance.QueueTasks.putterStage;
import static io.jasyncio.conformance.QueueTasks.putterStages;

import io.jasyncio.Task;
import io.jasyncio.queue.AsyncQueue;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** S44, S91 and S96 in stage style: getters and putters that are cancelled. */
class QueuecancelsStage {

    @Twin("a_cancelled_getter_leaves_the_line")
    CompletionStage<?> aCancelledGetterLeavesTheLine(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> tasks.get(0).cancel())
                .thenCompose(cancelled -> napStage(1))
                .thenRun(() -> queue.putNowait("item"))
                .thenCompose(put -> endedStage(tasks))
                .thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("an_item_passes_by_a_getter_that_is_being_cancelled")
    CompletionStage<?> anItemPassesByAGetterThatIsBeingCancelled(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    tasks.get(0).cancel();
                    queue.putNowait("item");
                })
                .thenCompose(put -> endedStage(tasks))
                .thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("a_woken_getter_that_is_cancelled_wakes_the_next")
    CompletionStage<?> aWokenGetterThatIsCancelledWakesTheNext(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("item");
                    tasks.get(0).cancel();
                })
                .thenCompose(put -> endedStage(tasks))
                .thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("of_two_woken_getters_the_living_one_gets_the_first_item")
    CompletionStage<?> ofTwoWokenGettersTheLivingOneGetsTheFirstItem(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait(1);
                    queue.putNowait(2);
                    tasks.get(0).cancel();
                })
                .thenCompose(put -> endedStage(tasks))
                .thenRun(() -> trace.add("left", queue.getNowait()));
    }

    @Twin(
            value = "a_wakeup_that_nobody_can_take_is_kept_for_the_next_to_come",
            because = "a function of a stage runs where the stage is cancelled; A was woken, and runs in its turn",
            trace = {"B Cancelled", "A Cancelled", "left 1", "C got item"})
    CompletionStage<?> aWakeupThatNobodyCanTakeIsKeptForTheNextToCome(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("item");
                    tasks.forEach(Task::cancel);
                })
                .thenCompose(cancelled -> endedStage(tasks))
                .thenRun(() -> trace.add("left", queue.size()))
                .thenCompose(shown -> getterStage(trace, "C", queue).get());
    }

    @Twin("a_woken_putter_that_is_cancelled_wakes_the_next")
    CompletionStage<?> aWokenPutterThatIsCancelledWakesTheNext(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    queue.getNowait();
                    tasks.get(0).cancel();
                })
                .thenCompose(cancelled -> endedStage(tasks))
                .thenRun(() -> trace.add("in the queue", queue.getNowait(), "left", queue.size()));
    }

    @Twin("a_cancelled_putter_leaves_the_line")
    CompletionStage<?> aCancelledPutterLeavesTheLine(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> tasks.get(0).cancel())
                .thenCompose(cancelled -> napStage(1))
                .thenRun(queue::getNowait)
                .thenCompose(got -> endedStage(tasks))
                .thenRun(() -> trace.add("in the queue", queue.getNowait(), "left", queue.size()));
    }

    @Twin("room_that_nobody_takes_is_there_for_all")
    CompletionStage<?> roomThatNobodyTakesIsThereForAll(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var task = createStageTask(putterStage(trace, "putter", queue, "item"));
        return napStage(1)
                .thenRun(() -> {
                    queue.getNowait();
                    task.cancel();
                })
                .thenCompose(cancelled -> endedStage(List.of(task)))
                .thenRun(() -> {
                    trace.add("full", queue.isFull());
                    queue.putNowait("item of another");
                    trace.add("in the queue", queue.getNowait(), "left", queue.size());
                });
    }
}
