package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueTasks.getterStage;
import static io.jasyncio.conformance.QueueTasks.getterStages;
import static io.jasyncio.conformance.QueueTasks.joinerStage;
import static io.jasyncio.conformance.QueueTasks.joinerStages;
import static io.jasyncio.conformance.QueueTasks.putterStage;

import io.jasyncio.queue.AsyncQueue;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** S44, S93 and S94 in stage style: shutdowns that meet something else in one pass, and those that somebody joins. */
class QueueendingsStage {

    @Twin("an_item_and_a_shutdown_in_one_pass")
    CompletionStage<?> anItemAndAShutdownInOnePass(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("item");
                    queue.shutdown();
                })
                .thenCompose(shutDown -> endedStage(tasks));
    }

    @Twin("an_item_and_a_shutdown_at_once_in_one_pass")
    CompletionStage<?> anItemAndAShutdownAtOnceInOnePass(Trace trace) {
        var queue = new AsyncQueue<String>();
        var tasks = getterStages(trace, queue, "A", "B");
        return napStage(1)
                .thenRun(() -> {
                    queue.putNowait("item");
                    queue.shutdown(true);
                })
                .thenCompose(shutDown -> endedStage(tasks))
                .thenRun(() -> trace.add("size", queue.size()));
    }

    @Twin("a_robbed_getter_and_a_shutdown_in_one_pass")
    CompletionStage<?> aRobbedGetterAndAShutdownInOnePass(Trace trace) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(1).thenCompose(slept -> {
            queue.putNowait("item");
            trace.add("robber got", queue.getNowait());
            queue.shutdown();
            return task;
        });
    }

    @Twin("room_and_a_shutdown_in_one_pass")
    CompletionStage<?> roomAndAShutdownInOnePass(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var task = createStageTask(putterStage(trace, "putter", queue, "item"));
        return napStage(1)
                .thenCompose(slept -> {
                    queue.getNowait();
                    queue.shutdown();
                    return task;
                })
                .thenRun(() -> trace.add("size", queue.size()));
    }

    @Twin("a_putter_that_has_got_its_room_has_put_before_a_shutdown")
    CompletionStage<?> aPutterThatHasGotItsRoomHasPutBeforeAShutdown(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var task = createStageTask(putterStage(trace, "putter", queue, "item"));
        return napStage(1)
                .thenRun(queue::getNowait)
                .thenCompose(got -> napStage(1))
                .thenRun(queue::shutdown)
                .thenCompose(shutDown -> task)
                .thenCompose(put -> getterStage(trace, "getter", queue).get())
                .thenCompose(got -> getterStage(trace, "getter", queue).get());
    }

    @Twin("a_request_and_a_shutdown_in_one_pass")
    CompletionStage<?> aRequestAndAShutdownInOnePass(Trace trace) {
        return requestAndShutdown(trace, true).thenCompose(shown -> requestAndShutdown(trace, false));
    }

    private static CompletionStage<Void> requestAndShutdown(Trace trace, boolean requestFirst) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(1)
                .thenRun(() -> {
                    if (requestFirst) {
                        task.cancel();
                        queue.shutdown();
                    } else {
                        queue.shutdown();
                        task.cancel();
                    }
                })
                .thenCompose(shutDown -> endedStage(List.of(task)))
                .thenRun(() -> trace.add("cancelled", task.isCancelled()));
    }

    @Twin("a_join_goes_on_through_a_shutdown")
    CompletionStage<?> aJoinGoesOnThroughAShutdown(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var task = createStageTask(joinerStage(trace, "joiner", queue));
        return napStage(1)
                .thenRun(queue::shutdown)
                .thenCompose(shutDown -> napStage(1))
                .thenCompose(slept -> {
                    trace.add("got", queue.getNowait());
                    queue.taskDone();
                    return task;
                });
    }

    @Twin("a_shutdown_at_once_ends_a_join")
    CompletionStage<?> aShutdownAtOnceEndsAJoin(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        var tasks = joinerStages(trace, queue, "A", "B");
        return napStage(1).thenRun(() -> queue.shutdown(true)).thenCompose(shutDown -> endedStage(tasks));
    }

    @Twin("an_item_in_work_holds_a_join_after_a_shutdown_at_once")
    CompletionStage<?> anItemInWorkHoldsAJoinAfterAShutdownAtOnce(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        trace.add("got", queue.getNowait());
        var task = createStageTask(joinerStage(trace, "joiner", queue));
        return napStage(1)
                .thenRun(() -> queue.shutdown(true))
                .thenCompose(shutDown -> napStage(1))
                .thenCompose(slept -> {
                    trace.add("waits on", !task.isDone());
                    queue.taskDone();
                    return task;
                });
    }
}
