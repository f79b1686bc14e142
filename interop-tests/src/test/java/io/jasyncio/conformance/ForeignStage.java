package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.ensureFuture;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** S29, S30 in stage style. */
class ForeignStage {

    @Twin("a_future_of_another_loop_is_refused")
    CompletionStage<?> aFutureOfAnotherLoopIsRefused(Trace trace) {
        var other = EventLoop.create(trace.options());
        var future = other.createFuture();
        return createStageTask(() -> future)
                .handle((value, error) -> {
                    trace.add(error);
                    return null;
                })
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> {
                    trace.add("main goes on", future.isDone());
                    other.close();
                });
    }

    @Twin("a_task_cannot_await_itself")
    CompletionStage<?> aTaskCannotAwaitItself(Trace trace) {
        return createStageTask(this::itself)
                .handle((value, error) -> {
                    trace.add(error);
                    return "value";
                })
                .thenAccept(trace::add);
    }

    @SuppressWarnings("unchecked")
    private CompletionStage<Object> itself() {
        return (CompletionStage<Object>) currentTask();
    }

    @Twin("a_foreign_result_comes_through_the_queue")
    CompletionStage<?> aForeignResultComesThroughTheQueue(Trace trace) {
        var view = ForeignDirect.completeForeign(trace);
        return sleep(ZERO)
                .thenRun(() -> trace.add("main one, view", view.isDone()))
                .thenCompose(then -> view)
                .thenAccept(trace::add);
    }

    @Twin("a_foreign_failure_is_the_original_one")
    CompletionStage<?> aForeignFailureIsTheOriginalOne(Trace trace) {
        var foreign = new CompletableFuture<String>();
        var failure = new Boom("original");
        EventLoop.current().callSoon(() -> foreign.completeExceptionally(failure));
        return createStageTask(() -> foreign).handle((value, error) -> {
            trace.add(error, error == failure);
            return null;
        });
    }

    @Twin("cancelling_the_view_cancels_the_foreign_future")
    CompletionStage<?> cancellingTheViewCancelsTheForeignFuture(Trace trace) {
        var foreign = new CompletableFuture<String>();
        var view = ensureFuture(foreign);
        trace.add("cancel", view.cancel(), view.isCancelled());
        return sleep(ZERO).thenRun(() -> trace.add("foreign", foreign.isCancelled(), foreign.isDone()));
    }

    @Twin("cancelling_the_foreign_future_cancels_the_view")
    CompletionStage<?> cancellingTheForeignFutureCancelsTheView(Trace trace) {
        var foreign = new CompletableFuture<String>();
        var view = ensureFuture(foreign);
        EventLoop.current().callSoon(() -> foreign.cancel(false));
        return view.handle((value, cancelled) -> {
            trace.add(cancelled, view.isCancelled());
            return null;
        });
    }

    @Twin("a_foreign_result_loses_against_a_cancel")
    CompletionStage<?> aForeignResultLosesAgainstACancel(Trace trace) {
        var foreign = new CompletableFuture<String>();
        var view = ensureFuture(foreign);
        foreign.complete("too late");
        trace.add("cancel", view.cancel());
        return sleep(ZERO).thenCompose(then -> sleep(ZERO)).thenRun(() -> {
            trace.add("view cancelled", view.isCancelled());
            trace.add("foreign", foreign.join());
        });
    }

    @Twin(value = "a_foreign_result_for_a_closed_loop_is_dropped", plain = true)
    void aForeignResultForAClosedLoopIsDropped(Trace trace) throws Exception {
        var foreign = new CompletableFuture<String>();
        List<Boolean> viewDone;
        try (var runner = new Runner(trace.options())) {
            var views = runner.runStage(() -> completedFuture(List.of(ensureFuture(foreign))));
            viewDone = views.stream().map(CompletableFuture::isDone).toList();
        }
        foreign.complete("value");
        trace.add("foreign", foreign.join(), "view done", viewDone);
    }
}
