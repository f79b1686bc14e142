package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.asCompleted;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.ensureFuture;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.afterStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.nothing;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeperStage;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Shield, ensureFuture and the passes of all that combines, in stage style. */
class CombiningStage {

    @Twin("a_shield_keeps_a_cancellation_from_the_inner_future")
    CompletionStage<?> aShieldKeepsACancellationFromTheInnerFuture(Trace trace) {
        var inner = createStageTask(sleeperStage(trace, "inner", 3));
        var task = createStageTask(() -> shield(inner)
                .exceptionally(cancelled -> {
                    trace.add("outer", original(cancelled), "inner", inner.isDone(), millis());
                    return null;
                })
                .thenCompose(then -> inner));
        return sleep(seconds(1))
                .thenRun(task::cancel)
                .thenCompose(then -> task)
                .thenRun(() -> trace.add("after", millis()));
    }

    @Twin("a_shield_ends_as_the_inner_future_does")
    CompletionStage<?> aShieldEndsAsTheInnerFutureDoes(Trace trace) {
        return shield(createStageTask(afterStage(1, "value")))
                .thenAccept(trace::add)
                .thenCompose(then -> shield(createStageTask(Children.<Void>failAfterStage(1, "bad"))))
                .exceptionally(failure -> {
                    var failed = original(failure);
                    trace.add(failed, failed.getMessage());
                    return null;
                })
                .thenCompose(then -> cancelledFromWithin(trace));
    }

    private static CompletionStage<Void> cancelledFromWithin(Trace trace) {
        var inner = createStageTask(sleeperStage(trace, "inner", 10));
        var outer = shield(inner);
        return sleep(seconds(1))
                .thenRun(inner::cancel)
                .thenCompose(then -> Asyncio.wait(List.of(outer)))
                .thenRun(() -> trace.add("outer cancelled", outer.isCancelled()));
    }

    @Twin("a_shield_of_an_ended_future_is_that_future")
    CompletionStage<?> aShieldOfAnEndedFutureIsThatFuture(Trace trace) {
        LoopFuture<String> ended = EventLoop.current().createFuture();
        ended.complete("x");
        trace.add(shield(ended) == ended);
        return nothing();
    }

    @Twin("a_shield_in_a_gather_is_left_out_of_its_cancellation")
    CompletionStage<?> aShieldInAGatherIsLeftOutOfItsCancellation(Trace trace) {
        var inner = createStageTask(sleeperStage(trace, "inner", 2));
        var together = gather(shield(inner), createStageTask(sleeperStage(trace, "child", 10)));
        return sleep(seconds(1))
                .thenRun(together::cancel)
                .thenCompose(then -> together)
                .handle((values, cancelled) -> {
                    trace.add(original(cancelled), millis());
                    return null;
                })
                .thenCompose(then -> inner);
    }

    @Twin("ensure_future_gives_a_future_back_as_it_is")
    CompletionStage<?> ensureFutureGivesAFutureBackAsItIs(Trace trace) {
        LoopFuture<String> future = EventLoop.current().createFuture();
        var task = createStageTask(afterStage(0, "x"));
        trace.add(ensureFuture(future) == future, ensureFuture(task) == task);
        return task;
    }

    @Twin(
            value = "the_passes_of_what_combines",
            because = "a function that is chained to a stage runs where that ends, a pass before a task would go on",
            trace = {"task 1", "gather 2", "wait 2", "shield 2", "as completed 2"})
    CompletionStage<?> thePassesOfWhatCombines(Trace trace) {
        return count(trace, "task", CombiningStage::immediate)
                .thenCompose(then -> count(trace, "gather", () -> gather(immediate(), immediate())))
                .thenCompose(then -> count(trace, "wait", () -> Asyncio.wait(List.of(immediate()))))
                .thenCompose(then -> count(trace, "shield", () -> shield(immediate())))
                .thenCompose(then -> count(trace, "as completed", () -> firstOf(immediate())));
    }

    @Twin(
            value = "the_passes_of_what_combines_ended_futures",
            because = "a function that is chained to a stage runs where that ends, a pass before a task would go on",
            trace = {"future 0", "gather 0", "wait 1", "shield 0", "as completed 1"})
    CompletionStage<?> thePassesOfWhatCombinesEndedFutures(Trace trace) {
        LoopFuture<Void> ended = EventLoop.current().createFuture();
        ended.complete(null);
        return count(trace, "future", () -> ended)
                .thenCompose(then -> count(trace, "gather", () -> gather(ended, ended)))
                .thenCompose(then -> count(trace, "wait", () -> Asyncio.wait(List.of(ended))))
                .thenCompose(then -> count(trace, "shield", () -> shield(ended)))
                .thenCompose(then -> count(trace, "as completed", () -> firstOf(ended)));
    }

    private static Task<Void> immediate() {
        return createStageTask(Children::<Void>nothing);
    }

    private static CompletionStage<Void> firstOf(LoopFuture<Void> future) {
        return asCompleted(List.of(future)).iterator().next();
    }

    private static CompletionStage<Void> count(Trace trace, String what, Supplier<CompletionStage<?>> stage) {
        var passes = Passes.start();
        return stage.get().thenAccept(value -> trace.add(what, passes.stop()));
    }
}
