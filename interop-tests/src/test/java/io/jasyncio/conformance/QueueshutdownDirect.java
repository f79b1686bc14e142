package io.jasyncio.conformance;

import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.ended;
import static io.jasyncio.conformance.QueueTasks.getter;
import static io.jasyncio.conformance.QueueTasks.getters;
import static io.jasyncio.conformance.QueueTasks.putter;
import static io.jasyncio.conformance.QueueTasks.putters;
import static io.jasyncio.conformance.QueueTasks.tryGet;
import static io.jasyncio.conformance.QueueTasks.tryPut;

import io.jasyncio.queue.AsyncQueue;
import java.util.List;

/** S93 and S94 in direct style: shutting down, plainly and at once, and who is woken by it. */
class QueueshutdownDirect {

    @Twin("a_queue_that_is_shut_down_takes_nothing")
    void aQueueThatIsShutDownTakesNothing(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.shutdown();
        putter(trace, "putter", queue, "item").run();
        tryPut(trace, queue, "item");
        trace.add("size", queue.size());
    }

    @Twin("a_full_queue_that_is_shut_down_takes_nothing_either")
    void aFullQueueThatIsShutDownTakesNothingEither(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        queue.shutdown();
        putter(trace, "putter", queue, "item").run();
        tryPut(trace, queue, "item");
        trace.add("size", queue.size());
    }

    @Twin("what_is_left_can_be_got_after_a_shutdown")
    void whatIsLeftCanBeGotAfterAShutdown(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        List.of(1, 2, 3).forEach(queue::putNowait);
        queue.shutdown();
        getter(trace, "getter", queue).run();
        tryGet(trace, queue);
        getter(trace, "getter", queue).run();
        getter(trace, "getter", queue).run();
        tryGet(trace, queue);
    }

    @Twin("a_shutdown_wakes_all_getters")
    void aShutdownWakesAllGetters(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var tasks = getters(trace, queue, "A", "B", "C");
        nap(1);
        queue.shutdown();
        ended(tasks);
    }

    @Twin("a_shutdown_wakes_all_putters")
    void aShutdownWakesAllPutters(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putters(trace, queue, "A", "B");
        nap(1);
        queue.shutdown();
        ended(tasks);
        tryGet(trace, queue);
        tryGet(trace, queue);
    }

    @Twin("a_shutdown_at_once_drops_the_items")
    void aShutdownAtOnceDropsTheItems(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        queue.shutdown(true);
        trace.add("size", queue.size(), "empty", queue.isEmpty());
        getter(trace, "getter", queue).run();
        tryGet(trace, queue);
        tryPut(trace, queue, 3);
    }

    @Twin("a_shutdown_at_once_wakes_all_putters")
    void aShutdownAtOnceWakesAllPutters(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putters(trace, queue, "A", "B");
        nap(1);
        queue.shutdown(true);
        ended(tasks);
        trace.add("size", queue.size());
    }

    @Twin("a_second_shutdown_changes_nothing")
    void aSecondShutdownChangesNothing(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        queue.shutdown();
        queue.shutdown();
        tryGet(trace, queue);
        queue.shutdown();
        tryGet(trace, queue);
    }

    @Twin("a_shutdown_can_become_one_at_once")
    void aShutdownCanBecomeOneAtOnce(Trace trace) {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        queue.shutdown();
        tryGet(trace, queue);
        queue.shutdown(true);
        tryGet(trace, queue);
    }
}
