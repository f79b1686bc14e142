package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.QueueTasks.endedStage;
import static io.jasyncio.conformance.QueueTasks.getterStage;
import static io.jasyncio.conformance.QueueTasks.getterStages;
import static io.jasyncio.conformance.QueueTasks.putterStage;
import static io.jasyncio.conformance.QueueTasks.putterStages;
import static io.jasyncio.conformance.QueueTasks.tryGet;
import static io.jasyncio.conformance.QueueTasks.tryPut;
import static io.jasyncio.conformance.QueuesDirect.showSize;

import io.jasyncio.queue.AsyncQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** S90 in stage style: order, waiting and sizes. */
class QueuesStage {

    @Twin("items_leave_in_the_order_they_came")
    CompletionStage<?> itemsLeaveInTheOrderTheyCame(Trace trace) {
        var queue = new AsyncQueue<String>();
        return queue.putAsync("first")
                .thenRun(() -> queue.putNowait("second"))
                .thenCompose(put -> queue.putAsync("third"))
                .thenApply(put -> queue.getNowait())
                .thenCompose(first ->
                        queue.getAsync().thenAccept(second -> trace.add(List.of(first, second, queue.getNowait()))));
    }

    @Twin("what_can_be_done_at_once_does_not_suspend")
    CompletionStage<?> whatCanBeDoneAtOnceDoesNotSuspend(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        var passes = Passes.start();
        return queue.putAsync("item")
                .thenCompose(put -> queue.getAsync())
                .thenAccept(item -> trace.add(item, "passes", passes.stop()));
    }

    @Twin("a_getter_waits_for_an_item")
    CompletionStage<?> aGetterWaitsForAnItem(Trace trace) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(2)
                .thenCompose(slept -> queue.putAsync("item"))
                .thenCompose(put -> task)
                .thenRun(() -> trace.add("at", millis(), "left", queue.size()));
    }

    @Twin("a_putter_waits_for_room")
    CompletionStage<?> aPutterWaitsForRoom(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("first");
        var task = createStageTask(putterStage(trace, "putter", queue, "second"));
        return napStage(2)
                .thenRun(() -> trace.add("size", queue.size()))
                .thenCompose(shown -> queue.getAsync())
                .thenAccept(item -> trace.add("got", item, "size", queue.size()))
                .thenCompose(got -> task)
                .thenCompose(put -> queue.getAsync())
                .thenAccept(item -> trace.add("at", millis(), "got", item));
    }

    @Twin("getters_are_served_in_the_order_they_came")
    CompletionStage<?> gettersAreServedInTheOrderTheyCame(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        var tasks = getterStages(trace, queue, "A", "B", "C");
        return napStage(1)
                .thenRun(() -> List.of(1, 2, 3).forEach(queue::putNowait))
                .thenCompose(put -> endedStage(tasks));
    }

    @Twin("putters_are_served_in_the_order_they_came")
    CompletionStage<?> puttersAreServedInTheOrderTheyCame(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putterStages(trace, queue, "A", "B", "C");
        CompletionStage<Void> got = nothing();
        for (var i = 0; i < 4; i++) {
            got = got.thenCompose(before -> napStage(1)).thenRun(() -> trace.add("got", queue.getNowait()));
        }
        return got.thenCompose(all -> endedStage(tasks));
    }

    @Twin("an_item_takes_one_pass_to_a_waiting_getter")
    CompletionStage<?> anItemTakesOnePassToAWaitingGetter(Trace trace) {
        var queue = new AsyncQueue<String>();
        var counted = new ArrayList<Passes>();
        var task = createStageTask(() -> queue.getAsync()
                .thenRun(() -> trace.add("passes", counted.get(0).stop())));
        return napStage(1).thenCompose(slept -> {
            counted.add(Passes.start());
            queue.putNowait("item");
            return task;
        });
    }

    @Twin("room_takes_one_pass_to_a_waiting_putter")
    CompletionStage<?> roomTakesOnePassToAWaitingPutter(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("first");
        var counted = new ArrayList<Passes>();
        var task = createStageTask(() -> queue.putAsync("second")
                .thenRun(() -> trace.add("passes", counted.get(0).stop())));
        return napStage(1).thenCompose(slept -> {
            counted.add(Passes.start());
            queue.getNowait();
            return task;
        });
    }

    @Twin("nothing_to_get_is_said_at_once")
    CompletionStage<?> nothingToGetIsSaidAtOnce(Trace trace) {
        var queue = new AsyncQueue<String>();
        tryGet(trace, queue);
        queue.putNowait("item");
        trace.add(queue.getNowait());
        return nothing();
    }

    @Twin("no_room_is_said_at_once")
    CompletionStage<?> noRoomIsSaidAtOnce(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("first");
        tryPut(trace, queue, "second");
        trace.add(queue.getNowait(), "left", queue.size());
        return nothing();
    }

    @Twin("a_queue_knows_its_size")
    CompletionStage<?> aQueueKnowsItsSize(Trace trace) {
        var unlimited = new AsyncQueue<String>();
        showSize(trace, unlimited);
        return unlimited
                .putAsync("first")
                .thenCompose(put -> unlimited.putAsync("second"))
                .thenCompose(put -> {
                    showSize(trace, unlimited);
                    var limited = new AsyncQueue<String>(2);
                    showSize(trace, limited);
                    return limited.putAsync("first")
                            .thenCompose(first -> limited.putAsync("second"))
                            .thenRun(() -> showSize(trace, limited));
                });
    }

    @Twin(value = "a_negative_limit_is_no_limit", because = QueuesDirect.NEGATIVE, trace = "IllegalArgument")
    CompletionStage<?> aNegativeLimitIsRefused(Trace trace) {
        try {
            trace.add("limit", new AsyncQueue<Integer>(-1).maxSize());
        } catch (IllegalArgumentException refused) {
            trace.add(refused);
        }
        return nothing();
    }

    @Twin("nothing_is_an_item_too")
    CompletionStage<?> nothingIsAnItemToo(Trace trace) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(getterStage(trace, "getter", queue));
        return napStage(1).thenRun(() -> queue.putNowait(null)).thenCompose(put -> task);
    }
}
