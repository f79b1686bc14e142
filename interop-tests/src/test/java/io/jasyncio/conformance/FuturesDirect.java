package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** S21, S24, S25 in direct style. */
class FuturesDirect {

    @Twin("a_future_ends_once")
    void aFutureEndsOnce(Trace trace) throws Exception {
        endTwice(trace, "result", future -> future.complete("first"));
        endTwice(trace, "failure", future -> future.completeExceptionally(new Boom()));
        endTwice(trace, "cancel", LoopFuture::cancel);
    }

    private void endTwice(Trace trace, String name, Consumer<LoopFuture<String>> end) throws Exception {
        var future = refuseSecondEnd(trace, name, end);
        try {
            trace.add("still", await(future));
        } catch (Boom | CancellationException error) {
            trace.add("still", error, future.isCancelled());
        }
    }

    static LoopFuture<String> refuseSecondEnd(Trace trace, String name, Consumer<LoopFuture<String>> end) {
        var future = EventLoop.current().<String>createFuture();
        end.accept(future);
        var resultRefused = !future.complete("second");
        var failureRefused = !future.completeExceptionally(new IllegalArgumentException());
        trace.add(
                "after",
                name,
                "result refused",
                resultRefused,
                "failure refused",
                failureRefused,
                "cancel refused",
                !future.cancel());
        return future;
    }

    @Twin("the_state_of_a_future_can_be_asked")
    void theStateOfAFutureCanBeAsked(Trace trace) {
        var loop = EventLoop.current();
        var future = loop.<String>createFuture();
        look(trace, "pending", future);
        future.complete("value");
        look(trace, "finished", future);
        future = loop.createFuture();
        future.completeExceptionally(new Boom());
        look(trace, "failed", future);
        future = loop.createFuture();
        future.cancel();
        look(trace, "cancelled", future);
    }

    private static void look(Trace trace, String name, LoopFuture<String> future) {
        trace.add(name, "done", future.isDone(), "cancelled", future.isCancelled());
        for (var question : List.<Callable<?>>of(future::result, future::exception)) {
            try {
                trace.add(name, question.call());
            } catch (Exception error) {
                trace.add(name, "raised", error);
            }
        }
    }

    @Twin("awaiting_an_ended_future_does_not_suspend")
    void awaitingAnEndedFutureDoesNotSuspend(Trace trace) throws Exception {
        EventLoop.current().callSoon(() -> trace.add("other"));
        var ended = endedFutures();
        var passes = Passes.start();
        for (var future : ended) {
            try {
                trace.add(await(future));
            } catch (Boom | CancellationException error) {
                trace.add(error);
            }
        }
        trace.add("passes", passes.stop());
        await(sleep(ZERO));
        trace.add("main");
    }

    static List<LoopFuture<String>> endedFutures() {
        var loop = EventLoop.current();
        var value = loop.<String>createFuture();
        var failed = loop.<String>createFuture();
        var cancelled = loop.<String>createFuture();
        value.complete("value");
        failed.completeExceptionally(new Boom());
        cancelled.cancel();
        return List.of(value, failed, cancelled);
    }

    @Twin("all_awaiters_get_the_same_object")
    void allAwaitersGetTheSameObject(Trace trace) throws Exception {
        var value = new Object();
        awaitOften(trace, value, future -> future.complete(value));
        var failure = new Boom();
        var future = awaitOften(trace, failure, failing -> failing.completeExceptionally(failure));
        trace.add("asked", future.exception() == failure);
    }

    private LoopFuture<Object> awaitOften(Trace trace, Object expected, Consumer<LoopFuture<Object>> end)
            throws Exception {
        var loop = EventLoop.current();
        var future = loop.createFuture();
        var waiters = new ArrayList<Task<Object>>();
        for (var i = 0; i < 3; i++) {
            waiters.add(createTask(() -> endOf(future)));
        }
        loop.callLater(ofMillis(1), () -> end.accept(future));
        var same = new ArrayList<Boolean>();
        for (var waiter : waiters) {
            same.add(await(waiter) == expected);
        }
        same.add(endOf(future) == expected);
        trace.add("same", same);
        return future;
    }

    private static Object endOf(LoopFuture<Object> future) throws Exception {
        try {
            return await(future);
        } catch (Boom error) {
            return error;
        }
    }
}
