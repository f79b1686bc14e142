package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
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

/** S44, S61, S62, S91 and S96 in direct style: gets, puts and joins with a deadline. */
class QueuetimeoutsDirect {

    /** Gets one item in time, or says that it was too late. */
    private static CoroutineAction patientGetter(Trace trace, String name, AsyncQueue<?> queue, int seconds) {
        return () -> {
            try {
                var item = waitFor(() -> await(queue.getAsync()), seconds(seconds));
                trace.add(name, "got", item, "at", millis());
            } catch (TimeoutException late) {
                trace.add(name, late, "at", millis());
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled, "at", millis());
                throw cancelled;
            }
        };
    }

    private static CoroutineAction patientPutter(
            Trace trace, String name, AsyncQueue<String> queue, String item, int seconds) {
        return () -> {
            try {
                waitFor(() -> await(queue.putAsync(item)), seconds(seconds));
                trace.add(name, "has put", item, "at", millis());
            } catch (TimeoutException late) {
                trace.add(name, late, "at", millis());
            }
        };
    }

    @Twin("an_item_in_time_is_got")
    void anItemInTimeIsGot(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        callAt(1, () -> queue.putNowait("item"));
        patientGetter(trace, "getter", queue, 2).run();
        nap(5);
        trace.add("left", queue.size(), "requests", requests());
    }

    @Twin("a_getter_whose_time_is_up_leaves_the_line")
    void aGetterWhoseTimeIsUpLeavesTheLine(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var first = createTask(patientGetter(trace, "A", queue, 1));
        var second = createTask(patientGetter(trace, "B", queue, 5));
        callAt(2, () -> queue.putNowait("item"));
        ended(List.of(first, second));
        trace.add("left", queue.size());
    }

    @Twin("a_putter_whose_time_is_up_does_not_put")
    void aPutterWhoseTimeIsUpDoesNotPut(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        patientPutter(trace, "putter", queue, "late", 1).run();
        trace.add("got", queue.getNowait());
        nap(1);
        trace.add("left", queue.size());
    }

    @Twin("an_item_that_comes_just_before_the_deadline_is_not_lost")
    void anItemThatComesJustBeforeTheDeadlineIsNotLost(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, () -> queue.putNowait("item"));
        patientGetter(trace, "getter", queue, 3).run();
        trace.add("left", queue.size());
        trace.add("got", queue.getNowait());
    }

    @Twin("an_item_that_comes_just_after_the_deadline_is_not_lost")
    void anItemThatComesJustAfterTheDeadlineIsNotLost(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(3, () -> queue.putNowait("item"));
        patientGetter(trace, "getter", queue, 2).run();
        trace.add("left", queue.size());
        trace.add("got", queue.getNowait());
    }

    @Twin("an_item_that_meets_the_deadline_goes_to_the_next_getter")
    void anItemThatMeetsTheDeadlineGoesToTheNextGetter(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var first = createTask(patientGetter(trace, "A", queue, 3));
        var second = createTask(patientGetter(trace, "B", queue, 10));
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, () -> queue.putNowait("item"));
        ended(List.of(first, second));
        trace.add("left", queue.size());
    }

    @Twin("room_that_meets_the_deadline_is_not_used")
    void roomThatMeetsTheDeadlineIsNotUsed(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, queue::getNowait);
        patientPutter(trace, "putter", queue, "late", 3).run();
        trace.add("left", queue.size());
    }

    @Twin("room_that_meets_the_deadline_goes_to_the_next_putter")
    void roomThatMeetsTheDeadlineGoesToTheNextPutter(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var first = createTask(patientPutter(trace, "A", queue, "item of A", 3));
        var second = createTask(patientPutter(trace, "B", queue, "item of B", 10));
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, queue::getNowait);
        ended(List.of(first, second));
        trace.add("in the queue", queue.getNowait(), "left", queue.size());
    }

    @Twin("no_time_at_all_does_not_take_what_is_there")
    void noTimeAtAllDoesNotTakeWhatIsThere(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        patientGetter(trace, "getter", queue, 0).run();
        trace.add("left", queue.size());
    }

    @Twin("a_request_and_a_deadline_and_an_item_in_one_pass")
    void aRequestAndADeadlineAndAnItemInOnePass(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        var task = createTask(patientGetter(trace, "getter", queue, 3));
        callAt(1, () -> trace.advance(seconds(4)));
        callAt(2, () -> queue.putNowait("item"));
        callAt(4, task::cancel);
        ended(task);
        trace.add("cancelled", task.isCancelled(), "left", queue.size());
    }

    @Twin("a_consumer_that_polls_loses_nothing")
    void aConsumerThatPollsLosesNothing(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        for (var second : List.of(3, 4)) {
            callAt(second, () -> queue.putNowait("item of " + second));
        }
        for (var i = 0; i < 5; i++) {
            patientGetter(trace, "consumer", queue, 2).run();
        }
        trace.add("left", queue.size());
    }

    @Twin("a_join_whose_time_is_up_can_be_tried_again")
    void aJoinWhoseTimeIsUpCanBeTriedAgain(Trace trace) throws Exception {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        try {
            await(waitFor(queue.joinAsync(), seconds(1)));
        } catch (TimeoutException late) {
            trace.add(late, "at", millis());
        }
        callAt(3, queue::taskDone);
        await(waitFor(queue.joinAsync(), seconds(5)));
        trace.add("joined at", millis());
    }
}
