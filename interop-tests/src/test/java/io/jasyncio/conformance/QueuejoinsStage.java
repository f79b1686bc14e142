package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.QueueTasks.callAt;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueTasks.joinerStage;
import static io.jasyncio.conformance.QueueTasks.joinerStages;
import static io.jasyncio.conformance.QueueTasks.oneDoneTooMany;

import io.jasyncio.Task;
import io.jasyncio.queue.AsyncQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** S92 in stage style: reporting work done, and waiting for all of it. */
class QueuejoinsStage {

    @Twin("a_queue_without_work_is_joined_at_once")
    CompletionStage<?> aQueueWithoutWorkIsJoinedAtOnce(Trace trace) {
        var queue = new AsyncQueue<String>();
        var passes = Passes.start();
        return queue.joinAsync()
                .thenCompose(joined -> {
                    trace.add("passes", passes.count());
                    queue.putNowait("item");
                    queue.getNowait();
                    queue.taskDone();
                    return queue.joinAsync();
                })
                .thenRun(() -> trace.add("passes", passes.stop()));
    }

    @Twin("a_join_waits_for_the_last_report")
    CompletionStage<?> aJoinWaitsForTheLastReport(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        var task = createStageTask(joinerStage(trace, "joiner", queue));
        var got = napStage(1)
                .thenRun(queue::getNowait)
                .thenCompose(first -> napStage(1))
                .thenRun(queue::getNowait)
                .thenRun(() -> trace.add("empty", queue.isEmpty(), "waits on", !task.isDone()));
        for (var i = 0; i < 2; i++) {
            got = got.thenCompose(before -> napStage(1)).thenRun(() -> {
                trace.add("waits on", !task.isDone());
                queue.taskDone();
            });
        }
        return got.thenCompose(done -> task);
    }

    @Twin("a_report_too_many_is_refused")
    CompletionStage<?> aReportTooManyIsRefused(Trace trace) {
        var queue = new AsyncQueue<String>();
        oneDoneTooMany(trace, queue);
        queue.putNowait("item");
        queue.getNowait();
        queue.taskDone();
        oneDoneTooMany(trace, queue);
        queue.putNowait("item");
        callAt(1, queue::taskDone);
        return queue.joinAsync().thenRun(() -> trace.add("joined at", millis()));
    }

    @Twin("work_may_be_reported_before_it_is_got")
    CompletionStage<?> workMayBeReportedBeforeItIsGot(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        queue.taskDone();
        return queue.joinAsync().thenRun(() -> trace.add("joined", "size", queue.size()));
    }

    @Twin("joiners_go_on_in_the_order_they_came")
    CompletionStage<?> joinersGoOnInTheOrderTheyCame(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var tasks = joinerStages(trace, queue, "A", "B", "C");
        return napStage(1).thenRun(queue::taskDone).thenCompose(done -> endedStage(tasks));
    }

    @Twin("a_join_goes_on_one_pass_after_the_last_report")
    CompletionStage<?> aJoinGoesOnOnePassAfterTheLastReport(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var counted = new ArrayList<Passes>();
        var task = createStageTask(() -> queue.joinAsync()
                .thenRun(() -> trace.add("passes", counted.get(0).stop())));
        return napStage(1).thenCompose(slept -> {
            counted.add(Passes.start());
            queue.taskDone();
            return task;
        });
    }

    @Twin("work_that_comes_while_a_join_waits_prolongs_it")
    CompletionStage<?> workThatComesWhileAJoinWaitsProlongsIt(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        var task = createStageTask(joinerStage(trace, "joiner", queue));
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait(2);
                    queue.taskDone();
                })
                .thenCompose(done -> napStage(1))
                .thenCompose(slept -> {
                    trace.add("waits on", !task.isDone());
                    queue.taskDone();
                    return task;
                });
    }

    @Twin("work_that_comes_just_after_the_last_report_does_not_hold_the_join")
    CompletionStage<?> workThatComesJustAfterTheLastReportDoesNotHoldTheJoin(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        var first = createStageTask(joinerStage(trace, "first", queue));
        return napStage(1).thenCompose(slept -> {
            queue.taskDone();
            queue.putNowait(2);
            var second = createStageTask(joinerStage(trace, "second", queue));
            return napStage(1).thenCompose(again -> {
                trace.add("waits on", !second.isDone());
                queue.taskDone();
                return endedStage(List.of(first, second));
            });
        });
    }

    @Twin("a_cancelled_join_leaves_the_others")
    CompletionStage<?> aCancelledJoinLeavesTheOthers(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var tasks = joinerStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> tasks.get(0).cancel())
                .thenCompose(cancelled -> napStage(1))
                .thenCompose(slept -> {
                    trace.add("waits on", !tasks.get(1).isDone());
                    queue.taskDone();
                    return endedStage(tasks);
                });
    }

    @Twin("a_request_wins_over_the_last_report_of_the_same_pass")
    CompletionStage<?> aRequestWinsOverTheLastReportOfTheSamePass(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var tasks = joinerStages(trace, queue, "A", "B");
        return napStage(1)
                .thenCompose(slept -> {
                    queue.taskDone();
                    tasks.get(0).cancel();
                    return endedStage(tasks);
                })
                .thenRun(() -> trace.add(
                        "cancelled", tasks.get(0).isCancelled(), tasks.get(1).isCancelled()));
    }

    @Twin("workers_are_cancelled_when_all_work_is_done")
    CompletionStage<?> workersAreCancelledWhenAllWorkIsDone(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        List.of(1, 3, 4).forEach(queue::putNowait);
        var workers = List.of(
                createStageTask(() -> telling(trace, "A", work(trace, "A", queue))),
                createStageTask(() -> telling(trace, "B", work(trace, "B", queue))));
        return queue.joinAsync().thenCompose(done -> {
            trace.add("all done at", millis());
            workers.forEach(Task::cancel);
            return endedStage(workers);
        });
    }

    private static CompletionStage<Void> work(Trace trace, String name, AsyncQueue<Integer> queue) {
        return queue.getAsync()
                .thenCompose(seconds ->
                        napStage(seconds).thenRun(() -> trace.add(name, "has slept", seconds, "at", millis())))
                .thenRun(queue::taskDone)
                .thenCompose(done -> work(trace, name, queue));
    }

    private static CompletionStage<Void> telling(Trace trace, String name, CompletionStage<Void> stage) {
        return onCancel(stage, cancelled -> trace.add(name, cancelled, "at", millis()));
    }
}
