package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of a task for another thread, which may block on it (S125). Cancelling it cancels the task, also when the
 * task has not started yet.
 */
final class SubmittedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final LoopRuntime loop;

    /** null until the task was created. The loop's. */
    private @Nullable Task<T> task;

    private SubmittedFuture(LoopRuntime loop) {
        this.loop = loop;
    }

    static <T extends @Nullable Object> CompletableFuture<T> submit(LoopRuntime loop, Supplier<Task<T>> start) {
        var submitted = new SubmittedFuture<T>(loop);
        loop.execute(() -> submitted.begin(start));
        return submitted;
    }

    private void begin(Supplier<Task<T>> start) {
        if (isDone()) {
            return;
        }
        try {
            var created = start.get();
            task = created;
            created.addListener(ended -> end(created));
        } catch (Throwable failure) {
            completeExceptionally(failure);
        }
    }

    private void end(Task<T> ended) {
        var failure = ended.failureOrNull();
        if (failure == null) {
            complete(ended.takeResult());
        } else if (failure instanceof CancellationException) {
            super.cancel(false);
        } else {
            completeExceptionally(failure);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        var accepted = super.cancel(mayInterruptIfRunning);
        if (accepted) {
            loop.schedule(() -> {
                if (task != null) {
                    task.cancel();
                }
            });
        }
        return accepted;
    }

    /** A plain future: what is built on it is the business of the other thread. */
    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
