package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The view of somebody else's stage from the loop (asyncio's {@code wrap_future}, S30): its end reaches the loop through
 * the thread-safe door, and cancelling the view cancels the stage.
 */
final class ForeignStage<T extends @Nullable Object> extends LoopFuture<T> {

    /** The stage, if it can be cancelled. */
    private final @Nullable CompletableFuture<T> cancellable;

    private ForeignStage(LoopRuntime loop, CompletionStage<T> stage, @Nullable CompletableFuture<T> cancellable) {
        super(loop);
        this.cancellable = cancellable;
        loop.services().externalWork().beginAwaiting();
        stage.whenComplete((value, failure) -> loop.schedule(() -> end(value, failure)));
    }

    /**
     * The stage itself if it belongs to the loop, else a view of it.
     *
     * @throws IllegalStateException if it belongs to another loop (S29)
     */
    static <T extends @Nullable Object> LoopFuture<T> onLoop(LoopRuntime loop, CompletionStage<T> stage) {
        if (Objects.requireNonNull(stage, "stage") instanceof LoopFuture<T> ours) {
            requireLoop(loop, ours);
            return ours;
        }
        var future = asFuture(stage);
        var ended = future == null ? stage.toCompletableFuture() : future;
        return ended.isDone() ? copyOf(loop, ended) : new ForeignStage<>(loop, stage, future);
    }

    /**
     * The stage as a future that answers questions and can be cancelled, or null. The JDK's minimal stages are of that class
     * but refuse both; they are told by making a copy of themselves.
     */
    static <T extends @Nullable Object> @Nullable CompletableFuture<T> asFuture(CompletionStage<T> stage) {
        return stage instanceof CompletableFuture<T> future && future.toCompletableFuture() == future ? future : null;
    }

    /** Refuses a future of another loop (S29). */
    static void requireLoop(LoopRuntime loop, LoopFuture<?> future) {
        if (future.loop != loop) {
            throw new IllegalStateException(future + " is attached to a different loop: bring its result over with"
                    + " loop.submit(...), or complete a future of this loop");
        }
    }

    private static <T extends @Nullable Object> LoopFuture<T> copyOf(LoopRuntime loop, CompletableFuture<T> ended) {
        var copy = new LoopFuture<T>(loop);
        ended.whenComplete((value, failure) -> {
            if (failure == null) {
                copy.finish(value);
            } else {
                copy.fail(Failures.unwrap(failure));
            }
        });
        return copy;
    }

    private void end(T value, @Nullable Throwable failure) {
        loop.services().externalWork().endAwaiting();
        if (failure == null) {
            finish(value);
        } else {
            fail(Failures.unwrap(failure));
        }
    }

    @Override
    boolean cancelHere(@Nullable String message) {
        var accepted = super.cancelHere(message);
        if (accepted && cancellable != null) {
            cancellable.cancel(false);
        }
        return accepted;
    }
}
