package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.jasyncio.EventLoop;
import io.jasyncio.Handle;
import java.util.concurrent.CompletionStage;

/** S1-S5, S8, S11-S14 in stage style. What is made of callbacks alone is the code of the direct twins. */
class CallbacksStage {

    @Twin("one_queue_for_all_sources")
    CompletionStage<?> oneQueueForAllSources(Trace trace) {
        var loop = EventLoop.current();
        var gate = loop.<String>createFuture();
        createStageTask(() -> gate.thenRunAsync(() -> trace.add("woken")));
        return sleep(ZERO)
                .thenCompose(then -> {
                    loop.callSoon(() -> trace.add("soon one"));
                    gate.complete(null);
                    createStageTask(() -> {
                        trace.add("started");
                        return completedFuture(null);
                    });
                    gate.addDoneCallback(done -> trace.add("done"));
                    loop.callSoonThreadsafe(() -> trace.add("threadsafe"));
                    loop.callSoon(() -> trace.add("soon two"));
                    return sleep(ZERO);
                })
                .thenRun(() -> trace.add("main"));
    }

    @Twin("ready_callbacks_go_before_due_timers")
    CompletionStage<?> readyCallbacksGoBeforeDueTimers(Trace trace) {
        CallbacksDirect.startBusyCallbackAndTimers(trace);
        return sleep(ZERO)
                .thenRun(() -> trace.add("main one"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main two"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main three at", Trace.millis()));
    }

    @Twin("a_rescheduled_callback_waits_for_the_next_iteration")
    CompletionStage<?> aRescheduledCallbackWaitsForTheNextIteration(Trace trace) {
        var loop = EventLoop.current();
        loop.callSoon(() -> CallbacksDirect.again(loop, trace, 2));
        loop.callSoon(() -> trace.add("other"));
        return sleep(ZERO)
                .thenRun(() -> trace.add("main one"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main two"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main three"));
    }

    @Twin("a_handle_can_be_cancelled_by_its_predecessor")
    CompletionStage<?> aHandleCanBeCancelledByItsPredecessor(Trace trace) {
        var handles = CallbacksDirect.cancelNeighbours(trace);
        return sleep(ZERO)
                .thenRun(() -> trace.add(
                        "cancelled", handles.stream().map(Handle::cancelled).toList()));
    }

    @Twin("a_handle_knows_of_a_cancel_that_came_too_late")
    CompletionStage<?> aHandleKnowsOfACancelThatCameTooLate(Trace trace) {
        var loop = EventLoop.current();
        var own = new Handle[1];
        own[0] = loop.callSoon(() -> {
            own[0].cancel();
            trace.add("ran", own[0].cancelled());
        });
        var late = loop.callSoon(() -> trace.add("late ran"));
        trace.add("before", own[0].cancelled(), late.cancelled());
        return sleep(ZERO)
                .thenCompose(then -> {
                    trace.add("between", late.cancelled());
                    late.cancel();
                    return sleep(ZERO);
                })
                .thenRun(() -> trace.add("after", late.cancelled()));
    }

    @Twin("a_failing_callback_goes_to_the_handler")
    CompletionStage<?> aFailingCallbackGoesToTheHandler(Trace trace) {
        CallbacksDirect.startFailingCallbacks(trace);
        return sleep(ZERO)
                .thenRun(() -> trace.add("main"))
                .thenCompose(then -> sleep(ofMillis(2)))
                .thenRun(() -> trace.add("main later"));
    }

    @Twin(
            value = "a_callback_has_no_current_task",
            because = "a function of a chain runs where its stage is completed, here in the timer, and not in its task",
            trace = {"soon none true", "done callback none true", "timer none true", "main false"})
    CompletionStage<?> aCallbackHasNoCurrentTask(Trace trace) {
        var main = currentTask();
        CallbacksDirect.lookFromCallbacks(trace);
        return sleep(ofMillis(1)).thenRun(() -> trace.add("main", currentTask() == main));
    }

    @Twin("a_call_from_another_thread_wakes_the_loop")
    CompletionStage<?> aCallFromAnotherThreadWakesTheLoop(Trace trace) {
        var loop = EventLoop.current();
        return loop.runInExecutor(null, () -> CallbacksDirect.callFromOutside(loop, trace))
                .thenAccept(trace::add);
    }

    @Twin("debug_mode_refuses_other_threads")
    CompletionStage<?> debugModeRefusesOtherThreads(Trace trace) {
        var loop = EventLoop.current();
        loop.setDebug(true);
        return loop.runInExecutor(null, () -> CallbacksDirect.refusedOutside(loop))
                .thenAccept(trace::add);
    }
}
