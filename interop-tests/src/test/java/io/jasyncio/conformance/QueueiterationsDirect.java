package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.QueueTasks.callAt;
import static io.jasyncio.conformance.QueueTasks.ended;

import io.jasyncio.CoroutineAction;
import io.jasyncio.queue.AsyncQueue;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** S91, S93 and S96 in direct style: queues gone through in a loop until they are shut down. */
class QueueiterationsDirect {

    /** Works so long on each item. */
    private static CoroutineAction consumer(Trace trace, String name, AsyncQueue<?> queue, int seconds) {
        return () -> {
            try {
                for (var item : queue.each()) {
                    trace.add(name, "got", item, "at", millis());
                    if (seconds > 0) {
                        nap(seconds);
                    }
                }
                trace.add(name, "ends at", millis());
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled, "at", millis());
                throw cancelled;
            }
        };
    }

    static AsyncQueue<Integer> queueOf(Integer... items) {
        var queue = new AsyncQueue<Integer>();
        List.of(items).forEach(queue::putNowait);
        return queue;
    }

    @Twin("a_loop_goes_on_until_the_queue_is_shut_down_and_empty")
    void aLoopGoesOnUntilTheQueueIsShutDownAndEmpty(Trace trace) throws Exception {
        var queue = queueOf(1);
        callAt(1, () -> queue.putNowait(2));
        callAt(2, () -> queue.putNowait(3));
        callAt(3, queue::shutdown);
        consumer(trace, "A", queue, 0).run();
    }

    @Twin("a_loop_ends_at_once_with_a_shutdown_at_once")
    void aLoopEndsAtOnceWithAShutdownAtOnce(Trace trace) throws Exception {
        var queue = queueOf(1, 2, 3);
        callAt(1, () -> queue.shutdown(true));
        consumer(trace, "A", queue, 3).run();
    }

    @Twin("loops_share_the_items")
    void loopsShareTheItems(Trace trace) throws Exception {
        var queue = queueOf();
        var tasks = List.of(createTask(consumer(trace, "A", queue, 0)), createTask(consumer(trace, "B", queue, 0)));
        for (var second : List.of(1, 2, 3)) {
            callAt(second, () -> queue.putNowait(second));
        }
        callAt(4, queue::shutdown);
        ended(tasks);
    }

    @Twin("a_loop_takes_no_item_ahead")
    void aLoopTakesNoItemAhead(Trace trace) throws Exception {
        var queue = queueOf(1, 2, 3);
        var task = createTask(consumer(trace, "A", queue, 2));
        nap(1);
        trace.add("robber got", queue.getNowait(), "left", queue.size());
        queue.shutdown();
        await(task);
    }

    @Twin("a_loop_that_is_left_early_leaves_the_rest")
    void aLoopThatIsLeftEarlyLeavesTheRest(Trace trace) throws Exception {
        var queue = queueOf(1, 2, 3);
        queue.shutdown();
        for (var item : queue.each()) {
            trace.add("got", item);
            break;
        }
        trace.add("left", queue.size());
        consumer(trace, "A", queue, 0).run();
    }

    @Twin("an_item_that_meets_a_request_stays_in_the_queue")
    void anItemThatMeetsARequestStaysInTheQueue(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var task = createTask(consumer(trace, "A", queue, 0));
        nap(1);
        queue.putNowait("item");
        task.cancel();
        ended(task);
        trace.add("left", queue.size());
    }

    @Twin("an_item_that_meets_a_request_goes_to_the_next_loop")
    void anItemThatMeetsARequestGoesToTheNextLoop(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var first = createTask(consumer(trace, "A", queue, 0));
        var second = createTask(consumer(trace, "B", queue, 0));
        nap(1);
        queue.putNowait("item");
        first.cancel();
        nap(1);
        queue.shutdown();
        ended(List.of(first, second));
        trace.add("left", queue.size());
    }

    @Twin("an_item_that_meets_a_deadline_stays_in_the_queue")
    void anItemThatMeetsADeadlineStaysInTheQueue(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, () -> queue.putNowait("item"));
        try {
            waitFor(consumer(trace, "A", queue, 0).asCoroutine(), seconds(3));
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
        trace.add("left", queue.size());
    }

    @Twin("a_request_while_it_works_takes_its_item_with_it")
    void aRequestWhileItWorksTakesItsItemWithIt(Trace trace) throws Exception {
        var queue = queueOf(1, 2);
        var task = createTask(consumer(trace, "A", queue, 5));
        callAt(1, task::cancel);
        ended(task);
        trace.add("left", queue.size(), queue.getNowait());
    }
}
