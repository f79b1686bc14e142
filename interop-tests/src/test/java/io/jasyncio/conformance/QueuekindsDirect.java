package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.drain;
import static io.jasyncio.conformance.QueueTasks.ended;
import static io.jasyncio.conformance.QueueTasks.getter;
import static io.jasyncio.conformance.QueueTasks.getters;
import static io.jasyncio.conformance.QueueTasks.putter;
import static io.jasyncio.conformance.QueueTasks.tryPut;

import io.jasyncio.queue.AsyncLifoQueue;
import io.jasyncio.queue.AsyncPriorityQueue;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.queue.QueueShutDownException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** S90, S91 and S95 in direct style: queues by priority and last-in first-out queues. */
class QueuekindsDirect {

    /** Python compares a priority and a running number; here the queue keeps the order of equals by itself. */
    record Job(int priority, String what) {
        static final List<Job> SOME =
                List.of(new Job(2, "b"), new Job(1, "x"), new Job(2, "a"), new Job(1, "y"), new Job(2, "c"));

        static AsyncPriorityQueue<Job> queue() {
            return new AsyncPriorityQueue<>(Comparator.comparingInt(Job::priority));
        }
    }

    @Twin("the_smallest_item_leaves_first")
    void theSmallestItemLeavesFirst(Trace trace) {
        var queue = new AsyncPriorityQueue<Integer>();
        List.of(3, 1, 2).forEach(queue::putNowait);
        trace.add(queue.getNowait());
        queue.putNowait(0);
        trace.add(drain(queue));
    }

    @Twin("items_of_one_priority_leave_in_the_order_they_came")
    void itemsOfOnePriorityLeaveInTheOrderTheyCame(Trace trace) {
        var queue = Job.queue();
        Job.SOME.forEach(queue::putNowait);
        trace.add(drain(queue).stream().map(Job::what).toList());
    }

    @Twin("another_order_can_be_chosen")
    void anotherOrderCanBeChosen(Trace trace) {
        var queue = new AsyncPriorityQueue<Integer>(Comparator.reverseOrder());
        List.of(2, 3, 1).forEach(queue::putNowait);
        trace.add(drain(queue));
    }

    @Twin("the_last_item_leaves_first")
    void theLastItemLeavesFirst(Trace trace) {
        var queue = new AsyncLifoQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        trace.add(queue.getNowait());
        queue.putNowait(3);
        trace.add(drain(queue));
    }

    @Twin("a_woken_getter_takes_the_smallest_that_is_there_by_then")
    void aWokenGetterTakesTheSmallestThatIsThereByThen(Trace trace) throws Exception {
        var queue = new AsyncPriorityQueue<Integer>();
        var task = createTask(getter(trace, "getter", queue));
        nap(1);
        queue.putNowait(5);
        queue.putNowait(1);
        await(task);
        trace.add("left", drain(queue));
    }

    @Twin("a_woken_getter_takes_the_last_that_is_there_by_then")
    void aWokenGetterTakesTheLastThatIsThereByThen(Trace trace) throws Exception {
        var queue = new AsyncLifoQueue<String>();
        var task = createTask(getter(trace, "getter", queue));
        nap(1);
        queue.putNowait("first");
        queue.putNowait("last");
        await(task);
        trace.add("left", drain(queue));
    }

    @Twin("of_two_woken_getters_the_first_gets_the_smallest")
    void ofTwoWokenGettersTheFirstGetsTheSmallest(Trace trace) throws Exception {
        var queue = new AsyncPriorityQueue<Integer>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        queue.putNowait(2);
        queue.putNowait(1);
        ended(tasks);
    }

    @Twin("an_item_that_nobody_takes_keeps_its_rank")
    void anItemThatNobodyTakesKeepsItsRank(Trace trace) throws Exception {
        for (var queue : kinds(0)) {
            var task = createTask(() -> await(queue.getAsync()));
            nap(1);
            List.of(1, 3, 2).forEach(queue::putNowait);
            task.cancel();
            ended(task);
            trace.add("cancelled", task.isCancelled(), "left", drain(queue));
        }
    }

    static List<AsyncQueue<Integer>> kinds(int maxSize) {
        return List.of(new AsyncPriorityQueue<>(maxSize), new AsyncLifoQueue<>(maxSize));
    }

    @Twin("a_putter_that_waited_comes_in_by_its_rank")
    void aPutterThatWaitedComesInByItsRank(Trace trace) throws Exception {
        var queue = new AsyncPriorityQueue<Integer>(2);
        queue.putNowait(3);
        queue.putNowait(4);
        var first = createTask(putter(trace, "A", queue, 5));
        var second = createTask(putter(trace, "B", queue, 1));
        nap(1);
        trace.add("got", queue.getNowait());
        nap(1);
        trace.add("got", queue.getNowait());
        ended(List.of(first, second));
        trace.add("left", drain(queue));
    }

    @Twin("a_putter_that_waited_is_the_last_in")
    void aPutterThatWaitedIsTheLastIn(Trace trace) throws Exception {
        var queue = new AsyncLifoQueue<String>(2);
        queue.putNowait("bottom");
        queue.putNowait("top");
        var task = createTask(putter(trace, "putter", queue, "late"));
        nap(1);
        trace.add("got", queue.getNowait());
        await(task);
        trace.add("left", drain(queue));
    }

    @Twin("each_kind_keeps_its_order_after_a_shutdown")
    void eachKindKeepsItsOrderAfterAShutdown(Trace trace) throws Exception {
        for (var queue : kinds(0)) {
            List.of(2, 1, 3).forEach(queue::putNowait);
            queue.shutdown();
            var got = new ArrayList<Integer>();
            try {
                while (true) {
                    got.add(await(queue.getAsync()));
                }
            } catch (QueueShutDownException shutDown) {
                trace.add(got);
            }
        }
    }

    @Twin("each_kind_has_its_limit")
    void eachKindHasItsLimit(Trace trace) {
        for (var queue : kinds(1)) {
            queue.putNowait(1);
            tryPut(trace, queue, 2);
            trace.add("size", queue.size(), "limit", queue.maxSize());
        }
    }
}
