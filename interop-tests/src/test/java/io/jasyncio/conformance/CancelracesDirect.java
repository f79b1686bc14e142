package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.requests;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.Ending.waiter;

import io.jasyncio.EventLoop;
import java.util.concurrent.CancellationException;

/** S41, S42, S44 and S51 in direct style. */
class CancelracesDirect {

    @Twin("a_request_wins_over_a_result_of_the_same_pass")
    void aRequestWinsOverAResultOfTheSamePass(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var task = createTask(waiter(trace, "task", future));
        nap(1);
        future.complete("value");
        trace.add("accepted", task.cancel());
        ended(task);
        trace.add("cancelled", task.isCancelled(), "future", future.result());
    }

    @Twin("a_result_after_a_request_of_the_same_pass_is_refused")
    void aResultAfterARequestOfTheSamePassIsRefused(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var task = createTask(waiter(trace, "task", future));
        nap(1);
        task.cancel();
        trace.add("future done", future.isDone(), "cancelled", future.isCancelled());
        ended(task);
    }

    @Twin("a_request_wins_over_a_sleep_that_ends_in_the_same_pass")
    void aRequestWinsOverASleepThatEndsInTheSamePass(Trace trace) throws Exception {
        var task = createTask(waiter(trace, "task", sleep(seconds(1), "slept")));
        await(onePass());
        EventLoop.current().callLater(seconds(1), task::cancel);
        ended(task);
        trace.add("cancelled", task.isCancelled(), "at", millis());
    }

    @Twin("a_request_wins_over_a_child_that_has_just_ended")
    void aRequestWinsOverAChildThatHasJustEnded(Trace trace) throws Exception {
        var inner = createTask(() -> {
            nap(1);
            return "value";
        });
        var task = createTask(waiter(trace, "task", inner));
        inner.addDoneCallback(ended -> trace.add("accepted", task.cancel()));
        await(onePass());
        ended(task);
        trace.add("cancelled", task.isCancelled(), "child", inner.result());
    }

    @Twin("a_request_that_comes_after_the_wakeup_is_too_late")
    void aRequestThatComesAfterTheWakeupIsTooLate(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var task = createTask(waiter(trace, "task", future));
        nap(1);
        future.complete("value");
        await(onePass());
        trace.add("accepted", task.cancel(), "cancelled", task.isCancelled());
    }

    @Twin("two_requests_of_the_same_pass_are_delivered_as_one")
    void twoRequestsOfTheSamePassAreDeliveredAsOne(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var task = createTask(() -> {
            try {
                await(future);
            } catch (CancellationException cancelled) {
                trace.add(cancelled, "requests", requests());
            }
            await(onePass());
            trace.add("goes on");
        });
        nap(1);
        task.cancel();
        task.cancel();
        ended(task);
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("a_request_after_the_future_was_cancelled_is_delivered_with_it")
    void aRequestAfterTheFutureWasCancelledIsDeliveredWithIt(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var task = createTask(() -> {
            try {
                await(future);
            } catch (CancellationException cancelled) {
                trace.add(cancelled, "requests", requests());
            }
            nap(1);
            trace.add("goes on");
        });
        nap(1);
        future.cancel();
        trace.add("accepted", task.cancel());
        await(task);
    }

    @Twin("a_request_taken_back_in_the_same_pass_leaves_the_result")
    void aRequestTakenBackInTheSamePassLeavesTheResult(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var task = createTask(waiter(trace, "task", future));
        nap(1);
        future.complete("value");
        task.cancel();
        trace.add("left", task.uncancel());
        ended(task);
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("a_request_taken_back_does_not_revive_the_future")
    void aRequestTakenBackDoesNotReviveTheFuture(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var task = createTask(waiter(trace, "task", future));
        nap(1);
        task.cancel();
        trace.add("left", task.uncancel());
        ended(task);
        trace.add("cancelled", task.isCancelled(), "requests", task.cancelling());
    }
}
