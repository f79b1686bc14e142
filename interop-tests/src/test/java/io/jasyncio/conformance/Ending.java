package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** How tasks end in the scenarios of cancellation and of timeouts, in direct style and as stages. */
final class Ending {

    /** Why stage style has no twins of many scenarios of timeouts. */
    static final String NO_BLOCKS = "a chain of stages has no blocks with a deadline to ask or to move: it has waitFor";

    private Ending() {}

    /** Waits for a task, whichever way it ends. */
    static <T extends Task<?>> T ended(T task) throws Exception {
        await(Asyncio.wait(List.of(task)));
        return task;
    }

    /** The same as a stage. */
    static <T extends Task<?>> CompletionStage<T> endedStage(T task) {
        return Asyncio.wait(List.of(task)).thenApply(all -> task);
    }

    /** Sleeps in direct style. */
    static void nap(int seconds) throws Exception {
        await(sleep(seconds(seconds)));
    }

    /** Sleeps as a stage. */
    static CompletionStage<Void> napStage(int seconds) {
        return sleep(seconds(seconds));
    }

    /** One pass of the loop. */
    static LoopFuture<Void> onePass() {
        return sleep(seconds(0));
    }

    /** A body that awaits something and says how that ended. */
    static CoroutineAction waiter(Trace trace, String name, CompletionStage<?> awaited) {
        return () -> {
            try {
                trace.add(name, "got", await(awaited));
            } catch (CancellationException cancelled) {
                trace.add(name, cancelled);
                throw cancelled;
            }
        };
    }

    /** The same as a stage. */
    static Supplier<CompletionStage<Void>> waiterStage(Trace trace, String name, CompletionStage<?> awaited) {
        return () -> awaited.thenAccept(value -> trace.add(name, "got", value)).whenComplete((done, failure) -> {
            if (original(failure) instanceof CancellationException cancelled) {
                trace.add(name, cancelled);
            }
        });
    }

    /** Goes on with something else when a stage was cancelled, as a {@code catch} would. */
    static <T> CompletionStage<T> ifCancelled(
            CompletionStage<T> stage, Function<CancellationException, ? extends CompletionStage<T>> then) {
        return stage.exceptionallyCompose(failure -> original(failure) instanceof CancellationException cancelled
                ? then.apply(cancelled)
                : CompletableFuture.failedFuture(failure));
    }

    /** Does something more before a cancellation goes on its way, as a {@code catch} that throws again would. */
    static <T> CompletionStage<T> onCancel(CompletionStage<T> stage, Consumer<CancellationException> then) {
        return stage.whenComplete((value, failure) -> {
            if (original(failure) instanceof CancellationException cancelled) {
                then.accept(cancelled);
            }
        });
    }

    /** A stage of ours that has ended with a value. */
    static <T> LoopFuture<T> known(T value) {
        var future = EventLoop.current().<T>createFuture();
        future.complete(value);
        return future;
    }

    /** A stage of ours that has failed. */
    static <T> LoopFuture<T> failed(Throwable failure) {
        var future = EventLoop.current().<T>createFuture();
        future.completeExceptionally(failure);
        return future;
    }
}
