package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;

import io.jasyncio.EventLoop;
import java.util.concurrent.CompletionStage;

/** S22, S23 in stage style. What is made of callbacks alone is the code of the direct twins. */
class DonecallbacksStage {

    @Twin("callbacks_never_run_inline")
    CompletionStage<?> callbacksNeverRunInline(Trace trace) {
        DonecallbacksDirect.completeWithCallbacks(trace);
        return sleep(ZERO)
                .thenRun(() -> trace.add("main one"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main two"));
    }

    @Twin("a_wakeup_stands_among_the_callbacks")
    CompletionStage<?> aWakeupStandsAmongTheCallbacks(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        future.addDoneCallback(done -> trace.add("callback one"));
        // What is chained to the task runs in the task's own place, when it takes the result.
        createStageTask(() -> future).thenRun(() -> trace.add("waiter one"));
        return sleep(ZERO)
                .thenCompose(then -> {
                    future.addDoneCallback(done -> trace.add("callback two"));
                    createStageTask(() -> future).thenRun(() -> trace.add("waiter two"));
                    return sleep(ZERO);
                })
                .thenCompose(then -> {
                    future.addDoneCallback(done -> trace.add("callback three"));
                    future.complete(null);
                    return sleep(ZERO);
                })
                .thenRun(() -> trace.add("main"));
    }

    @Twin(
            value = "a_callback_that_fails_harms_nobody",
            because = "the functions of a chain run where the future is completed, ahead of its callbacks",
            trace = {"main value", "one", "handler Boom", "three"})
    CompletionStage<?> aCallbackThatFailsHarmsNobody(Trace trace) {
        return DonecallbacksDirect.futureWithFailingCallback(trace).thenAccept(value -> trace.add("main", value));
    }

    @Twin("a_removed_callback_is_removed_as_often_as_it_was_added")
    CompletionStage<?> aRemovedCallbackIsRemovedAsOftenAsItWasAdded(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        var two = DonecallbacksDirect.completeAfterRemoval(trace, future);
        return sleep(ZERO).thenRun(() -> trace.add("removed at the end", future.removeDoneCallback(two)));
    }

    @Twin("a_scheduled_callback_cannot_be_removed")
    CompletionStage<?> aScheduledCallbackCannotBeRemoved(Trace trace) {
        DonecallbacksDirect.removeScheduled(trace);
        return sleep(ZERO).thenRun(() -> trace.add("main"));
    }
}
