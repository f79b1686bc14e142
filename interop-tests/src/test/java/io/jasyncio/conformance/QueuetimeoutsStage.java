package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.Asyncio.waitForStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onCancel;
import static io.jasyncio.conformance.QueueTasks.callAt;
import static io.jasyncio.conformance.QueueTasks.endedStage;

import io.jasyncio.queue.AsyncQueue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** S44, S61, S62, S91 and S96 in stage style: gets, puts and joins with a deadline. */
class QueuetimeoutsStage {

    /** Gets one item in time, or says that it was too late. */
    private static Supplier<CompletionStage<Void>> patientGetter(
            Trace trace, String name, AsyncQueue<?> queue, int seconds) {
        return () -> told(
                trace,
                name,
                waitFor(queue.getAsync(), seconds(seconds))
                        .thenAccept(item -> trace.add(name, "got", item, "at", millis())));
    }

    private static Supplier<CompletionStage<Void>> patientPutter(
            Trace trace, String name, AsyncQueue<String> queue, String item, int seconds) {
        return () -> told(
                trace,
                name,
                waitFor(queue.putAsync(item), seconds(seconds))
                        .thenRun(() -> trace.add(name, "has put", item, "at", millis())));
    }

    private static CompletionStage<Void> told(Trace trace, String name, CompletionStage<Void> stage) {
        return onCancel(stage, cancelled -> trace.add(name, cancelled, "at", millis()))
                .exceptionallyCompose(failure -> {
                    if (original(failure) instanceof TimeoutException late) {
                        trace.add(name, late, "at", millis());
                        return nothing();
                    }
                    return CompletableFuture.failedFuture(failure);
                });
    }

    @Twin("an_item_in_time_is_got")
    CompletionStage<?> anItemInTimeIsGot(Trace trace) {
        var me = currentTask();
        var queue = new AsyncQueue<String>();
        callAt(1, () -> queue.putNowait("item"));
        return patientGetter(trace, "getter", queue, 2)
                .get()
                .thenCompose(got -> napStage(5))
                .thenRun(() -> trace.add("left", queue.size(), "requests", me.cancelling()));
    }

    @Twin("a_getter_whose_time_is_up_leaves_the_line")
    CompletionStage<?> aGetterWhoseTimeIsUpLeavesTheLine(Trace trace) {
        var queue = new AsyncQueue<String>();
        var first = createStageTask(patientGetter(trace, "A", queue, 1));
        var second = createStageTask(patientGetter(trace, "B", queue, 5));
        callAt(2, () -> queue.putNowait("item"));
        return endedStage(List.of(first, second)).thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("a_putter_whose_time_is_up_does_not_put")
    CompletionStage<?> aPutterWhoseTimeIsUpDoesNotPut(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        return patientPutter(trace, "putter", queue, "late", 1)
                .get()
                .thenRun(() -> trace.add("got", queue.getNowait()))
                .thenCompose(got -> napStage(1))
                .thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("an_item_that_comes_just_before_the_deadline_is_not_lost")
    CompletionStage<?> anItemThatComesJustBeforeTheDeadlineIsNotLost(Trace trace) {
        var queue = new AsyncQueue<String>();
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, () -> queue.putNowait("item"));
        return patientGetter(trace, "getter", queue, 3).get().thenRun(() -> {
            trace.add("left", queue.size());
            trace.add("got", queue.getNowait());
        });
    }

    @Twin("an_item_that_comes_just_after_the_deadline_is_not_lost")
    CompletionStage<?> anItemThatComesJustAfterTheDeadlineIsNotLost(Trace trace) {
        var queue = new AsyncQueue<String>();
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(3, () -> queue.putNowait("item"));
        // In the next pass, as an await would go on.
        return patientGetter(trace, "getter", queue, 2).get().thenRunAsync(() -> {
            trace.add("left", queue.size());
            trace.add("got", queue.getNowait());
        });
    }

    @Twin("an_item_that_meets_the_deadline_goes_to_the_next_getter")
    CompletionStage<?> anItemThatMeetsTheDeadlineGoesToTheNextGetter(Trace trace) {
        var queue = new AsyncQueue<String>();
        var first = createStageTask(patientGetter(trace, "A", queue, 3));
        var second = createStageTask(patientGetter(trace, "B", queue, 10));
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, () -> queue.putNowait("item"));
        return endedStage(List.of(first, second)).thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("room_that_meets_the_deadline_is_not_used")
    CompletionStage<?> roomThatMeetsTheDeadlineIsNotUsed(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, queue::getNowait);
        return patientPutter(trace, "putter", queue, "late", 3).get().thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("room_that_meets_the_deadline_goes_to_the_next_putter")
    CompletionStage<?> roomThatMeetsTheDeadlineGoesToTheNextPutter(Trace trace) {
        var queue = new AsyncQueue<String>(1);
        queue.putNowait("of old");
        var first = createStageTask(patientPutter(trace, "A", queue, "item of A", 3));
        var second = createStageTask(patientPutter(trace, "B", queue, "item of B", 10));
        callAt(1, () -> trace.advance(seconds(3)));
        callAt(2, queue::getNowait);
        return endedStage(List.of(first, second))
                .thenRun(() -> trace.add("in the queue", queue.getNowait(), "left", queue.size()));
    }

    @Twin("no_time_at_all_does_not_take_what_is_there")
    CompletionStage<?> noTimeAtAllDoesNotTakeWhatIsThere(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        var got = waitForStage(queue::getAsync, seconds(0));
        return told(trace, "getter", got.thenAccept(item -> trace.add("getter got", item)))
                .thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("a_request_and_a_deadline_and_an_item_in_one_pass")
    CompletionStage<?> aRequestAndADeadlineAndAnItemInOnePass(Trace trace) {
        var queue = new AsyncQueue<String>();
        var task = createStageTask(patientGetter(trace, "getter", queue, 3));
        callAt(1, () -> trace.advance(seconds(4)));
        callAt(2, () -> queue.putNowait("item"));
        callAt(4, task::cancel);
        return endedStage(List.of(task))
                .thenRun(() -> trace.add("cancelled", task.isCancelled(), "left", queue.size()));
    }

    @Twin("a_consumer_that_polls_loses_nothing")
    CompletionStage<?> aConsumerThatPollsLosesNothing(Trace trace) {
        var queue = new AsyncQueue<String>();
        for (var second : List.of(3, 4)) {
            callAt(second, () -> queue.putNowait("item of " + second));
        }
        CompletionStage<Void> polled = nothing();
        for (var i = 0; i < 5; i++) {
            polled = polled.thenCompose(
                    before -> patientGetter(trace, "consumer", queue, 2).get());
        }
        return polled.thenRun(() -> trace.add("left", queue.size()));
    }

    @Twin("a_join_whose_time_is_up_can_be_tried_again")
    CompletionStage<?> aJoinWhoseTimeIsUpCanBeTriedAgain(Trace trace) {
        var queue = new AsyncQueue<String>();
        queue.putNowait("item");
        return waitFor(queue.joinAsync(), seconds(1))
                .handle((joined, failure) -> original(failure))
                .thenCompose(late -> {
                    trace.add(late, "at", millis());
                    callAt(3, queue::taskDone);
                    return waitFor(queue.joinAsync(), seconds(5));
                })
                .thenRun(() -> trace.add("joined at", millis()));
    }
}
