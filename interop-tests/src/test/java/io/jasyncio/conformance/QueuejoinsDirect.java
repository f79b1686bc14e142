package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.callAt;
import static io.jasyncio.conformance.QueueTasks.ended;
import static io.jasyncio.conformance.QueueTasks.joiner;
import static io.jasyncio.conformance.QueueTasks.joiners;
import static io.jasyncio.conformance.QueueTasks.oneDoneTooMany;

import io.jasyncio.CoroutineAction;
import io.jasyncio.Task;
import io.jasyncio.queue.AsyncQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** S92 in direct style: reporting work done, and waiting for all of it. */
class QueuejoinsDirect {

    @Twin("a_queue_without_work_is_joined_at_once")
    void aQueueWithoutWorkIsJoinedAtOnce(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var passes = Passes.start();
        await(queue.joinAsync());
        trace.add("passes", passes.count());
        queue.putNowait("item");
        queue.getNowait();
        queue.taskDone();
        await(queue.joinAsync());
        trace.add("passes", passes.stop());
    }

    @Twin("a_join_waits_for_the_last_report")
    void aJoinWaitsForTheLastReport(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        var task = createTask(joiner(trace, "joiner", queue));
        for (var i = 0; i < 2; i++) {
            nap(1);
            queue.getNowait();
        }
        trace.add("empty", queue.isEmpty(), "waits on", !task.isDone());
        for (var i = 0; i < 2; i++) {
            nap(1);
            trace.add("waits on", !task.isDone());
            queue.taskDone();
        }
        await(task);
    }

    @Twin("a_report_too_many_is_refused")
    void aReportTooManyIsRefused(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        oneDoneTooMany(trace, queue);
        queue.putNowait("item");
        queue.getNowait();
        queue.taskDone();
        oneDoneTooMany(trace, queue);
        queue.putNowait("item");
        callAt(1, queue::taskDone);
        await(queue.joinAsync());
        trace.add("joined at", millis());
    }

    @Twin("work_may_be_reported_before_it_is_got")
    void workMayBeReportedBeforeItIsGot(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        queue.taskDone();
        await(queue.joinAsync());
        trace.add("joined", "size", queue.size());
    }

    @Twin("joiners_go_on_in_the_order_they_came")
    void joinersGoOnInTheOrderTheyCame(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var tasks = joiners(trace, queue, "A", "B", "C");
        nap(1);
        queue.taskDone();
        ended(tasks);
    }

    @Twin("a_join_goes_on_one_pass_after_the_last_report")
    void aJoinGoesOnOnePassAfterTheLastReport(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var counted = new ArrayList<Passes>();
        var task = createTask(() -> {
            await(queue.joinAsync());
            trace.add("passes", counted.get(0).stop());
        });
        nap(1);
        counted.add(Passes.start());
        queue.taskDone();
        await(task);
    }

    @Twin("work_that_comes_while_a_join_waits_prolongs_it")
    void workThatComesWhileAJoinWaitsProlongsIt(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        var task = createTask(joiner(trace, "joiner", queue));
        nap(1);
        queue.putNowait(2);
        queue.taskDone();
        nap(1);
        trace.add("waits on", !task.isDone());
        queue.taskDone();
        await(task);
    }

    @Twin("work_that_comes_just_after_the_last_report_does_not_hold_the_join")
    void workThatComesJustAfterTheLastReportDoesNotHoldTheJoin(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        queue.putNowait(1);
        var first = createTask(joiner(trace, "first", queue));
        nap(1);
        queue.taskDone();
        queue.putNowait(2);
        var second = createTask(joiner(trace, "second", queue));
        nap(1);
        trace.add("waits on", !second.isDone());
        queue.taskDone();
        ended(List.of(first, second));
    }

    @Twin("a_cancelled_join_leaves_the_others")
    void aCancelledJoinLeavesTheOthers(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var tasks = joiners(trace, queue, "A", "B");
        nap(1);
        tasks.get(0).cancel();
        nap(1);
        trace.add("waits on", !tasks.get(1).isDone());
        queue.taskDone();
        ended(tasks);
    }

    @Twin("a_request_wins_over_the_last_report_of_the_same_pass")
    void aRequestWinsOverTheLastReportOfTheSamePass(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var tasks = joiners(trace, queue, "A", "B");
        nap(1);
        queue.taskDone();
        tasks.get(0).cancel();
        ended(tasks);
        trace.add("cancelled", tasks.get(0).isCancelled(), tasks.get(1).isCancelled());
    }

    @Twin("workers_are_cancelled_when_all_work_is_done")
    void workersAreCancelledWhenAllWorkIsDone(Trace trace) throws Exception {
        var queue = new AsyncQueue<Integer>();
        List.of(1, 3, 4).forEach(queue::putNowait);
        var workers = List.of(createTask(worker(trace, "A", queue)), createTask(worker(trace, "B", queue)));
        await(queue.joinAsync());
        trace.add("all done at", millis());
        workers.forEach(Task::cancel);
        ended(workers);
    }

    private static CoroutineAction worker(Trace trace, String name, AsyncQueue<Integer> queue) {
        return () -> {
            try {
                while (true) {
                    var seconds = await(queue.getAsync());
                    nap(seconds);
                    trace.add(name, "has slept", seconds, "at", millis());
                    queue.taskDone();
                }
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled, "at", millis());
                throw cancelled;
            }
        };
    }
}
