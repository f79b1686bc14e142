package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.conformance.Ending.ended;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import java.util.concurrent.CancellationException;

/** S45, S47 and S51 in direct style. */
class SelfcancelsDirect {

    @Twin("a_task_that_cancels_itself_and_returns_ends_cancelled")
    void aTaskThatCancelsItselfAndReturnsEndsCancelled(Trace trace) throws Exception {
        var task = ended(createTask(() -> {
            trace.add("accepted", currentTask().cancel());
            return "lost";
        }));
        trace.add("cancelled", task.isCancelled());
    }

    @Twin("a_task_that_cancels_itself_and_fails_has_failed")
    void aTaskThatCancelsItselfAndFailsHasFailed(Trace trace) throws Exception {
        CoroutineAction body = () -> {
            currentTask().cancel();
            throw new Boom("first");
        };
        var task = ended(createTask(body));
        trace.add("cancelled", task.isCancelled(), task.exception());
    }

    @Twin("a_task_that_cancels_itself_is_told_when_it_next_suspends")
    void aTaskThatCancelsItselfIsToldWhenItNextSuspends(Trace trace) throws Exception {
        await(createTask(() -> {
            var known = EventLoop.current().<String>createFuture();
            known.complete("future");
            currentTask().cancel();
            trace.add(await(known));
            trace.add(atOnce());
            try {
                await(onePass());
            } catch (CancellationException cancelled) {
                trace.add(cancelled);
            }
        }));
    }

    /** What is a coroutine in Python is a method that may wait here. */
    private static String atOnce() {
        return "coroutine";
    }

    @Twin("a_request_to_oneself_that_is_taken_back_is_dropped")
    void aRequestToOneselfThatIsTakenBackIsDropped(Trace trace) throws Exception {
        var task = createTask(() -> {
            var me = currentTask();
            me.cancel();
            trace.add("left", me.uncancel());
            nap(1);
            return "value";
        });
        trace.add(await(task));
    }

    @Twin("a_body_that_raises_a_cancellation_ends_cancelled")
    void aBodyThatThrowsACancellationEndsCancelled(Trace trace) throws Exception {
        CoroutineAction body = () -> {
            throw new CancellationException("of its own");
        };
        var task = ended(createTask(body));
        trace.add("cancelled", task.isCancelled(), "requests", task.cancelling());
        try {
            await(task);
        } catch (CancellationException cancelled) {
            trace.add(cancelled.getMessage());
        }
    }
}
