package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.ended;
import static io.jasyncio.conformance.QueueTasks.getter;
import static io.jasyncio.conformance.QueueTasks.getters;
import static io.jasyncio.conformance.QueueTasks.putter;
import static io.jasyncio.conformance.QueueTasks.putters;
import static io.jasyncio.conformance.QueueTasks.tryGet;
import static io.jasyncio.conformance.QueueTasks.tryPut;

import io.jasyncio.queue.AsyncQueue;
import java.util.ArrayList;
import java.util.List;

/** S90 in direct style: order, waiting and sizes. */
class QueuesDirect {

    static final String NEGATIVE = "a negative limit is a mistake rather than a way to say none";

    @Twin("items_leave_in_the_order_they_came")
    void itemsLeaveInTheOrderTheyCame(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        await(queue.putAsync("first"));
        queue.putNowait("second");
        await(queue.putAsync("third"));
        trace.add(List.of(queue.getNowait(), await(queue.getAsync()), queue.getNowait()));
    }

    @Twin("what_can_be_done_at_once_does_not_suspend")
    void whatCanBeDoneAtOnceDoesNotSuspend(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        var passes = Passes.start();
        await(queue.putAsync("item"));
        trace.add(await(queue.getAsync()), "passes", passes.stop());
    }

    @Twin("a_getter_waits_for_an_item")
    void aGetterWaitsForAnItem(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var task = createTask(getter(trace, "getter", queue));
        nap(2);
        await(queue.putAsync("item"));
        await(task);
        trace.add("at", millis(), "left", queue.size());
    }

    @Twin("a_putter_waits_for_room")
    void aPutterWaitsForRoom(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("first");
        var task = createTask(putter(trace, "putter", queue, "second"));
        nap(2);
        trace.add("size", queue.size());
        trace.add("got", await(queue.getAsync()), "size", queue.size());
        await(task);
        trace.add("at", millis(), "got", await(queue.getAsync()));
    }

    @Twin("getters_are_served_in_the_order_they_came")
    void gettersAreServedInTheOrderTheyCame(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        var tasks = getters(trace, queue, "A", "B", "C");
        nap(1);
        for (var item : List.of(1, 2, 3)) {
            queue.putNowait(item);
        }
        ended(tasks);
    }

    @Twin("putters_are_served_in_the_order_they_came")
    void puttersAreServedInTheOrderTheyCame(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putters(trace, queue, "A", "B", "C");
        for (var i = 0; i < 4; i++) {
            nap(1);
            trace.add("got", queue.getNowait());
        }
        ended(tasks);
    }

    @Twin("an_item_takes_one_pass_to_a_waiting_getter")
    void anItemTakesOnePassToAWaitingGetter(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var counted = new ArrayList<Passes>();
        var task = createTask(() -> {
            await(queue.getAsync());
            trace.add("passes", counted.get(0).stop());
        });
        nap(1);
        counted.add(Passes.start());
        queue.putNowait("item");
        await(task);
    }

    @Twin("room_takes_one_pass_to_a_waiting_putter")
    void roomTakesOnePassToAWaitingPutter(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("first");
        var counted = new ArrayList<Passes>();
        var task = createTask(() -> {
            await(queue.putAsync("second"));
            trace.add("passes", counted.get(0).stop());
        });
        nap(1);
        counted.add(Passes.start());
        queue.getNowait();
        await(task);
    }

    @Twin("nothing_to_get_is_said_at_once")
    void nothingToGetIsSaidAtOnce(Trace trace) {
        var queue = new AsyncQueue<String>();
        tryGet(trace, queue);
        queue.putNowait("item");
        trace.add(queue.getNowait());
    }

    @Twin("no_room_is_said_at_once")
    void noRoomIsSaidAtOnce(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("first");
        tryPut(trace, queue, "second");
        trace.add(queue.getNowait(), "left", queue.size());
    }

    @Twin("a_queue_knows_its_size")
    void aQueueKnowsItsSize(Trace trace) {
        for (var limit : List.of(0, 2)) {
            var queue = new AsyncQueue<String>(limit);
            showSize(trace, queue);
            queue.putNowait("first");
            queue.putNowait("second");
            showSize(trace, queue);
        }
    }

    static void showSize(Trace trace, AsyncQueue<?> queue) {
        trace.add("limit", queue.maxSize(), "size", queue.size(), "empty", queue.isEmpty(), "full", queue.isFull());
    }

    @Twin(value = "a_negative_limit_is_no_limit", because = NEGATIVE, trace = "IllegalArgument")
    void aNegativeLimitIsRefused(Trace trace) {
        try {
            trace.add("limit", new AsyncQueue<Integer>(-1).maxSize());
        } catch (IllegalArgumentException refused) {
            trace.add(refused);
        }
    }

    @Twin("nothing_is_an_item_too")
    void nothingIsAnItemToo(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var task = createTask(getter(trace, "getter", queue));
        nap(1);
        queue.putNowait(null);
        await(task);
    }
}
