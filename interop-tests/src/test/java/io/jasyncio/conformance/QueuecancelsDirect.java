package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.ended;
import static io.jasyncio.conformance.QueueTasks.getter;
import static io.jasyncio.conformance.QueueTasks.getters;
import static io.jasyncio.conformance.QueueTasks.putter;
import static io.jasyncio.conformance.QueueTasks.putters;

import io.jasyncio.Task;
import io.jasyncio.queue.AsyncQueue;
import java.util.List;

/** S44, S91 and S96 in direct style: getters and putters that are cancelled. */
class QueuecancelsDirect {

    @Twin("a_cancelled_getter_leaves_the_line")
    void aCancelledGetterLeavesTheLine(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        tasks.get(0).cancel();
        nap(1);
        queue.putNowait("item");
        ended(tasks);
        trace.add("left", queue.size());
    }

    @Twin("an_item_passes_by_a_getter_that_is_being_cancelled")
    void anItemPassesByAGetterThatIsBeingCancelled(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        tasks.get(0).cancel();
        queue.putNowait("item");
        ended(tasks);
        trace.add("left", queue.size());
    }

    @Twin("a_woken_getter_that_is_cancelled_wakes_the_next")
    void aWokenGetterThatIsCancelledWakesTheNext(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        queue.putNowait("item");
        tasks.get(0).cancel();
        ended(tasks);
        trace.add("left", queue.size());
    }

    @Twin("of_two_woken_getters_the_living_one_gets_the_first_item")
    void ofTwoWokenGettersTheLivingOneGetsTheFirstItem(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        queue.putNowait(1);
        queue.putNowait(2);
        tasks.get(0).cancel();
        ended(tasks);
        trace.add("left", queue.getNowait());
    }

    @Twin("a_wakeup_that_nobody_can_take_is_kept_for_the_next_to_come")
    void aWakeupThatNobodyCanTakeIsKeptForTheNextToCome(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        queue.putNowait("item");
        tasks.forEach(Task::cancel);
        ended(tasks);
        trace.add("left", queue.size());
        getter(trace, "C", queue).run();
    }

    @Twin("a_woken_putter_that_is_cancelled_wakes_the_next")
    void aWokenPutterThatIsCancelledWakesTheNext(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putters(trace, queue, "A", "B");
        nap(1);
        queue.getNowait();
        tasks.get(0).cancel();
        ended(tasks);
        trace.add("in the queue", queue.getNowait(), "left", queue.size());
    }

    @Twin("a_cancelled_putter_leaves_the_line")
    void aCancelledPutterLeavesTheLine(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putters(trace, queue, "A", "B");
        nap(1);
        tasks.get(0).cancel();
        nap(1);
        queue.getNowait();
        ended(tasks);
        trace.add("in the queue", queue.getNowait(), "left", queue.size());
    }

    @Twin("room_that_nobody_takes_is_there_for_all")
    void roomThatNobodyTakesIsThereForAll(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var task = createTask(putter(trace, "putter", queue, "item"));
        nap(1);
        queue.getNowait();
        task.cancel();
        ended(List.of(task));
        trace.add("full", queue.isFull());
        queue.putNowait("item of another");
        trace.add("in the queue", queue.getNowait(), "left", queue.size());
    }
}
