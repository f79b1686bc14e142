package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** S21, S24, S25 in stage style. What is made of callbacks alone is the code of the direct twins. */
class FuturesStage {

    @Twin("a_future_ends_once")
    CompletionStage<?> aFutureEndsOnce(Trace trace) {
        return endTwice(trace, "result", future -> future.complete("first"))
                .thenCompose(then -> endTwice(trace, "failure", future -> future.completeExceptionally(new Boom())))
                .thenCompose(then -> endTwice(trace, "cancel", LoopFuture::cancel));
    }

    private CompletionStage<Void> endTwice(Trace trace, String name, Consumer<LoopFuture<String>> end) {
        var future = FuturesDirect.refuseSecondEnd(trace, name, end);
        return future.handle((value, error) -> {
            if (error == null) {
                trace.add("still", value);
            } else {
                trace.add("still", error, future.isCancelled());
            }
            return null;
        });
    }

    @Twin("the_state_of_a_future_can_be_asked")
    CompletionStage<?> theStateOfAFutureCanBeAsked(Trace trace) {
        new FuturesDirect().theStateOfAFutureCanBeAsked(trace);
        return CompletableFuture.completedFuture(null);
    }

    @Twin("awaiting_an_ended_future_does_not_suspend")
    CompletionStage<?> awaitingAnEndedFutureDoesNotSuspend(Trace trace) {
        EventLoop.current().callSoon(() -> trace.add("other"));
        var ended = FuturesDirect.endedFutures();
        var passes = Passes.start();
        ended.forEach(future -> future.whenComplete((value, error) -> trace.add(error == null ? value : error)));
        return ended.get(2)
                .handle((value, error) -> error)
                .thenRun(() -> trace.add("passes", passes.stop()))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main"));
    }

    @Twin("all_awaiters_get_the_same_object")
    CompletionStage<?> allAwaitersGetTheSameObject(Trace trace) {
        var value = new Object();
        var failure = new Boom();
        return awaitOften(trace, value, future -> future.complete(value))
                .thenCompose(then -> awaitOften(trace, failure, future -> future.completeExceptionally(failure)))
                .thenAccept(future -> trace.add("asked", future.exception() == failure));
    }

    private CompletionStage<LoopFuture<Object>> awaitOften(
            Trace trace, Object expected, Consumer<LoopFuture<Object>> end) {
        var loop = EventLoop.current();
        var future = loop.createFuture();
        var waiters = IntStream.range(0, 3)
                .mapToObj(i -> createStageTask(() -> endOf(future)))
                .toList();
        loop.callLater(ofMillis(1), () -> end.accept(future));
        return CompletableFuture.allOf(waiters.toArray(CompletableFuture[]::new))
                .thenApply(then -> {
                    var later = endOf(future).toCompletableFuture().join();
                    trace.add(
                            "same",
                            List.of(
                                    waiters.get(0).join() == expected,
                                    waiters.get(1).join() == expected,
                                    waiters.get(2).join() == expected,
                                    later == expected));
                    return future;
                });
    }

    private static CompletionStage<Object> endOf(LoopFuture<Object> future) {
        return future.handle((value, error) -> error == null ? value : error);
    }
}
