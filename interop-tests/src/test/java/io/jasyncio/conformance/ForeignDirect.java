package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.ensureFuture;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;

import io.jasyncio.Coroutine;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Runner;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** S29, S30 in direct style. */
class ForeignDirect {

    @Twin("a_future_of_another_loop_is_refused")
    void aFutureOfAnotherLoopIsRefused(Trace trace) throws Exception {
        try (var other = EventLoop.create(trace.options())) {
            var future = other.createFuture();
            try {
                trace.add(await(future));
            } catch (IllegalStateException error) {
                trace.add(error);
            }
            await(sleep(ZERO));
            trace.add("main goes on", future.isDone());
        }
    }

    @Twin("a_task_cannot_await_itself")
    void aTaskCannotAwaitItself(Trace trace) throws Exception {
        Coroutine<String> body = () -> {
            try {
                await(currentTask());
            } catch (IllegalStateException error) {
                trace.add(error);
            }
            return "value";
        };
        trace.add(await(createTask(body)));
    }

    @Twin("a_foreign_result_comes_through_the_queue")
    void aForeignResultComesThroughTheQueue(Trace trace) throws Exception {
        var view = completeForeign(trace);
        await(sleep(ZERO));
        trace.add("main one, view", view.isDone());
        trace.add(await(view));
    }

    static LoopFuture<String> completeForeign(Trace trace) {
        var loop = EventLoop.current();
        var foreign = new CompletableFuture<String>();
        var view = ensureFuture(foreign);
        view.addDoneCallback(done -> trace.add("view's callback"));
        loop.callSoon(() -> trace.add("before"));
        foreign.complete("value");
        loop.callSoon(() -> trace.add("after"));
        trace.add("view", view.isDone());
        return view;
    }

    @Twin("a_foreign_failure_is_the_original_one")
    void aForeignFailureIsTheOriginalOne(Trace trace) throws Exception {
        var foreign = new CompletableFuture<String>();
        var failure = new Boom("original");
        EventLoop.current().callSoon(() -> foreign.completeExceptionally(failure));
        try {
            await(foreign);
        } catch (Boom error) {
            trace.add(error, error == failure);
        }
    }

    @Twin("cancelling_the_view_cancels_the_foreign_future")
    void cancellingTheViewCancelsTheForeignFuture(Trace trace) throws Exception {
        var foreign = new CompletableFuture<String>();
        var view = ensureFuture(foreign);
        trace.add("cancel", view.cancel(), view.isCancelled());
        await(sleep(ZERO));
        trace.add("foreign", foreign.isCancelled(), foreign.isDone());
    }

    @Twin("cancelling_the_foreign_future_cancels_the_view")
    void cancellingTheForeignFutureCancelsTheView(Trace trace) throws Exception {
        var foreign = new CompletableFuture<String>();
        var view = ensureFuture(foreign);
        EventLoop.current().callSoon(() -> foreign.cancel(false));
        try {
            await(view);
        } catch (CancellationException cancelled) {
            trace.add(cancelled, view.isCancelled());
        }
    }

    @Twin("a_foreign_result_loses_against_a_cancel")
    void aForeignResultLosesAgainstACancel(Trace trace) throws Exception {
        var foreign = new CompletableFuture<String>();
        var view = ensureFuture(foreign);
        foreign.complete("too late");
        trace.add("cancel", view.cancel());
        await(sleep(ZERO));
        await(sleep(ZERO));
        trace.add("view cancelled", view.isCancelled());
        trace.add("foreign", foreign.join());
    }

    @Twin(value = "a_foreign_result_for_a_closed_loop_is_dropped", plain = true)
    void aForeignResultForAClosedLoopIsDropped(Trace trace) throws Exception {
        var foreign = new CompletableFuture<String>();
        LoopFuture<String> view;
        try (var runner = new Runner(trace.options())) {
            view = runner.run(() -> ensureFuture(foreign));
        }
        foreign.complete("value");
        trace.add("foreign", foreign.join(), "view done", List.of(view.isDone()));
    }
}
