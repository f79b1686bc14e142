package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.jasyncio.EventLoop;
import io.jasyncio.Handle;
import java.util.ArrayList;
import java.util.List;

/** S1-S5, S8, S11-S14 in direct style. */
class CallbacksDirect {

    @Twin("one_queue_for_all_sources")
    void oneQueueForAllSources(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var gate = loop.<String>createFuture();
        createTask(() -> {
            await(gate);
            trace.add("woken");
        });
        await(sleep(ZERO));
        loop.callSoon(() -> trace.add("soon one"));
        gate.complete(null);
        createTask(() -> trace.add("started"));
        gate.addDoneCallback(done -> trace.add("done"));
        loop.callSoonThreadsafe(() -> trace.add("threadsafe"));
        loop.callSoon(() -> trace.add("soon two"));
        await(sleep(ZERO));
        trace.add("main");
    }

    @Twin("ready_callbacks_go_before_due_timers")
    void readyCallbacksGoBeforeDueTimers(Trace trace) throws Exception {
        startBusyCallbackAndTimers(trace);
        await(sleep(ZERO));
        trace.add("main one");
        await(sleep(ZERO));
        trace.add("main two");
        await(sleep(ZERO));
        trace.add("main three at", Trace.millis());
    }

    static void startBusyCallbackAndTimers(Trace trace) {
        var loop = EventLoop.current();
        for (var timer : List.of("late", "early")) {
            loop.callLater(ofMillis(timer.equals("late") ? 10 : 5), () -> {
                trace.add("timer", timer);
                loop.callSoon(() -> trace.add("added by", timer));
            });
        }
        loop.callSoon(() -> {
            trace.add("busy");
            trace.advance(ofMillis(20));
            loop.callSoon(() -> trace.add("added by busy"));
        });
    }

    @Twin("a_rescheduled_callback_waits_for_the_next_iteration")
    void aRescheduledCallbackWaitsForTheNextIteration(Trace trace) throws Exception {
        var loop = EventLoop.current();
        loop.callSoon(() -> again(loop, trace, 2));
        loop.callSoon(() -> trace.add("other"));
        await(sleep(ZERO));
        trace.add("main one");
        await(sleep(ZERO));
        trace.add("main two");
        await(sleep(ZERO));
        trace.add("main three");
    }

    static void again(EventLoop loop, Trace trace, int left) {
        trace.add("again", left);
        if (left > 0) {
            loop.callSoon(() -> again(loop, trace, left - 1));
        }
    }

    @Twin("a_handle_can_be_cancelled_by_its_predecessor")
    void aHandleCanBeCancelledByItsPredecessor(Trace trace) throws Exception {
        var handles = cancelNeighbours(trace);
        await(sleep(ZERO));
        trace.add("cancelled", handles.stream().map(Handle::cancelled).toList());
    }

    static List<Handle> cancelNeighbours(Trace trace) {
        var loop = EventLoop.current();
        var handles = new ArrayList<Handle>();
        loop.callSoon(() -> {
            trace.add("first");
            handles.get(1).cancel();
        });
        for (var name : List.of("second", "third", "fourth")) {
            handles.add(loop.callSoon(() -> trace.add(name)));
        }
        handles.get(0).cancel();
        handles.get(0).cancel();
        return handles;
    }

    @Twin("a_handle_knows_of_a_cancel_that_came_too_late")
    void aHandleKnowsOfACancelThatCameTooLate(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var own = new Handle[1];
        own[0] = loop.callSoon(() -> {
            own[0].cancel();
            trace.add("ran", own[0].cancelled());
        });
        var late = loop.callSoon(() -> trace.add("late ran"));
        trace.add("before", own[0].cancelled(), late.cancelled());
        await(sleep(ZERO));
        trace.add("between", late.cancelled());
        late.cancel();
        await(sleep(ZERO));
        trace.add("after", late.cancelled());
    }

    @Twin("a_failing_callback_goes_to_the_handler")
    void aFailingCallbackGoesToTheHandler(Trace trace) throws Exception {
        startFailingCallbacks(trace);
        await(sleep(ZERO));
        trace.add("main");
        await(sleep(ofMillis(2)));
        trace.add("main later");
    }

    static void startFailingCallbacks(Trace trace) {
        var loop = EventLoop.current();
        loop.setExceptionHandler((on, context) ->
                trace.add("handler", context.exception(), context.exception().getMessage()));
        loop.callSoon(() -> fail(trace, "soon"));
        loop.callLater(ofMillis(1), () -> fail(trace, "timer"));
        loop.callSoon(() -> trace.add("behind"));
    }

    private static void fail(Trace trace, String name) {
        trace.add("fail", name);
        throw new Boom(name);
    }

    @Twin("a_callback_has_no_current_task")
    void aCallbackHasNoCurrentTask(Trace trace) throws Exception {
        var main = currentTask();
        lookFromCallbacks(trace);
        await(sleep(ofMillis(1)));
        trace.add("main", currentTask() == main);
    }

    static void lookFromCallbacks(Trace trace) {
        var loop = EventLoop.current();
        var future = loop.<String>createFuture();
        loop.callSoon(() -> trace.add("soon", currentTask(), EventLoop.current() == loop));
        loop.callLater(ZERO, () -> trace.add("timer", currentTask(), EventLoop.current() == loop));
        future.addDoneCallback(done -> trace.add("done callback", currentTask(), EventLoop.current() == loop));
        future.complete(null);
    }

    @Twin("a_call_from_another_thread_wakes_the_loop")
    void aCallFromAnotherThreadWakesTheLoop(Trace trace) throws Exception {
        var loop = EventLoop.current();
        trace.add(await(loop.runInExecutor(null, () -> callFromOutside(loop, trace))));
    }

    static String callFromOutside(EventLoop loop, Trace trace) {
        loop.callSoonThreadsafe(() -> trace.add("one"));
        loop.callSoonThreadsafe(() -> trace.add("two"));
        loop.callSoonThreadsafe(() -> trace.add("three"));
        return "work";
    }

    @Twin("debug_mode_refuses_other_threads")
    void debugModeRefusesOtherThreads(Trace trace) throws Exception {
        var loop = EventLoop.current();
        loop.setDebug(true);
        trace.add(await(loop.runInExecutor(null, () -> refusedOutside(loop))));
    }

    static List<Exception> refusedOutside(EventLoop loop) {
        var refused = new ArrayList<Exception>();
        for (var call :
                List.<Runnable>of(() -> loop.callSoon(() -> {}), () -> loop.callLater(ofSeconds(1), () -> {}))) {
            try {
                call.run();
            } catch (IllegalStateException error) {
                refused.add(error);
            }
        }
        return refused;
    }
}
