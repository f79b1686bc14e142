package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.ended;
import static io.jasyncio.conformance.QueueTasks.getter;
import static io.jasyncio.conformance.QueueTasks.getters;
import static io.jasyncio.conformance.QueueTasks.joiner;
import static io.jasyncio.conformance.QueueTasks.joiners;
import static io.jasyncio.conformance.QueueTasks.putter;

import io.jasyncio.queue.AsyncQueue;
import java.util.List;

/** S44, S93 and S94 in direct style: shutdowns that meet something else in one pass, and those that somebody joins. */
class QueueendingsDirect {

    @Twin("an_item_and_a_shutdown_in_one_pass")
    void anItemAndAShutdownInOnePass(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        queue.putNowait("item");
        queue.shutdown();
        ended(tasks);
    }

    @Twin("an_item_and_a_shutdown_at_once_in_one_pass")
    void anItemAndAShutdownAtOnceInOnePass(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var tasks = getters(trace, queue, "A", "B");
        nap(1);
        queue.putNowait("item");
        queue.shutdown(true);
        ended(tasks);
        trace.add("size", queue.size());
    }

    @Twin("a_robbed_getter_and_a_shutdown_in_one_pass")
    void aRobbedGetterAndAShutdownInOnePass(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var task = createTask(getter(trace, "getter", queue));
        nap(1);
        queue.putNowait("item");
        trace.add("robber got", queue.getNowait());
        queue.shutdown();
        await(task);
    }

    @Twin("room_and_a_shutdown_in_one_pass")
    void roomAndAShutdownInOnePass(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var task = createTask(putter(trace, "putter", queue, "item"));
        nap(1);
        queue.getNowait();
        queue.shutdown();
        await(task);
        trace.add("size", queue.size());
    }

    @Twin("a_putter_that_has_got_its_room_has_put_before_a_shutdown")
    void aPutterThatHasGotItsRoomHasPutBeforeAShutdown(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var task = createTask(putter(trace, "putter", queue, "item"));
        nap(1);
        queue.getNowait();
        nap(1);
        queue.shutdown();
        await(task);
        getter(trace, "getter", queue).run();
        getter(trace, "getter", queue).run();
    }

    @Twin("a_request_and_a_shutdown_in_one_pass")
    void aRequestAndAShutdownInOnePass(Trace trace) throws Exception {
        for (var requestFirst : List.of(true, false)) {
            var queue = new AsyncQueue<String>();
            var task = createTask(getter(trace, "getter", queue));
            nap(1);
            if (requestFirst) {
                task.cancel();
                queue.shutdown();
            } else {
                queue.shutdown();
                task.cancel();
            }
            ended(task);
            trace.add("cancelled", task.isCancelled());
        }
    }

    @Twin("a_join_goes_on_through_a_shutdown")
    void aJoinGoesOnThroughAShutdown(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var task = createTask(joiner(trace, "joiner", queue));
        nap(1);
        queue.shutdown();
        nap(1);
        trace.add("got", queue.getNowait());
        queue.taskDone();
        await(task);
    }

    @Twin("a_shutdown_at_once_ends_a_join")
    void aShutdownAtOnceEndsAJoin(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        var tasks = joiners(trace, queue, "A", "B");
        nap(1);
        queue.shutdown(true);
        ended(tasks);
    }

    @Twin("an_item_in_work_holds_a_join_after_a_shutdown_at_once")
    void anItemInWorkHoldsAJoinAfterAShutdownAtOnce(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        trace.add("got", queue.getNowait());
        var task = createTask(joiner(trace, "joiner", queue));
        nap(1);
        queue.shutdown(true);
        nap(1);
        trace.add("waits on", !task.isDone());
        queue.taskDone();
        await(task);
    }
}
