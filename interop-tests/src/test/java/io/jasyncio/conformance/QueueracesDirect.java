package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.ended;
import static io.jasyncio.conformance.QueueTasks.getter;
import static io.jasyncio.conformance.QueueTasks.getters;
import static io.jasyncio.conformance.QueueTasks.putters;

import io.jasyncio.queue.AsyncQueue;
import java.util.List;

/** S44, S51, S90, S91 and S96 in direct style: what a woken task finds when it runs at last. */
class QueueracesDirect {

    @Twin("a_woken_getter_can_be_robbed")
    void aWokenGetterCanBeRobbed(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var task = createTask(getter(trace, "getter", queue));
        nap(1);
        queue.putNowait("first");
        trace.add("robber got", queue.getNowait());
        nap(1);
        trace.add("waits on", !task.isDone());
        queue.putNowait("second");
        ended(task);
    }

    @Twin("a_robbed_getter_goes_to_the_end_of_the_line")
    void aRobbedGetterGoesToTheEndOfTheLine(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        queue.putNowait("stolen");
        queue.getNowait();
        nap(1);
        queue.putNowait("second");
        nap(1);
        queue.putNowait("third");
        ended(tasks);
    }

    @Twin("a_woken_getter_is_robbed_by_a_task_that_runs_earlier")
    void aWokenGetterIsRobbedByATaskThatRunsEarlier(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var early = createTask(getter(trace, "early", queue));
        nap(1);
        var late = createTask(getter(trace, "late", queue));
        queue.putNowait("first");
        nap(1);
        queue.putNowait("second");
        ended(List.of(early, late));
    }

    @Twin("a_task_that_runs_after_the_woken_getter_finds_nothing")
    void aTaskThatRunsAfterTheWokenGetterFindsNothing(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var early = createTask(getter(trace, "early", queue));
        nap(1);
        queue.putNowait("first");
        var late = createTask(getter(trace, "late", queue));
        nap(1);
        queue.putNowait("second");
        ended(List.of(early, late));
    }

    @Twin("a_robbed_putter_goes_to_the_end_of_the_line")
    void aRobbedPutterGoesToTheEndOfTheLine(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var tasks = putters(trace, queue, "A", "B");
        nap(1);
        queue.getNowait();
        queue.putNowait("item of the robber");
        for (var i = 0; i < 3; i++) {
            nap(1);
            trace.add("got", queue.getNowait());
        }
        ended(tasks);
    }

    @Twin("a_robbed_getter_that_is_cancelled_wakes_nobody")
    void aRobbedGetterThatIsCancelledWakesNobody(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var first = createTask(getter(trace, "A", queue));
        var second = createTask(getter(trace, "B", queue));
        nap(1);
        queue.putNowait("stolen");
        queue.getNowait();
        first.cancel();
        nap(1);
        trace.add("waits on", !second.isDone());
        queue.putNowait("item");
        ended(List.of(first, second));
    }

    @Twin("an_item_that_nobody_takes_stays_where_it_was")
    void anItemThatNobodyTakesStaysWhereItWas(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var task = createTask(getter(trace, "getter", queue));
        nap(1);
        queue.putNowait("first");
        queue.putNowait("second");
        task.cancel();
        ended(task);
        trace.add(List.of(queue.getNowait(), queue.getNowait()), "left", queue.size());
    }

    @Twin("a_request_taken_back_leaves_the_item_to_the_getter")
    void aRequestTakenBackLeavesTheItemToTheGetter(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var task = createTask(getter(trace, "getter", queue));
        nap(1);
        queue.putNowait("item");
        task.cancel();
        task.uncancel();
        ended(task);
        trace.add("left", queue.size());
    }
}
