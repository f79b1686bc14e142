package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /**
     * Sends the start of a task to the loop.
     *
     * @param notBegun where this stands until the loop begins, so that a loop that closes before can say so
     */
    static <T extends @Nullable Object> CompletableFuture<T> submit(
            LoopRuntime loop, Set<SubmittedFuture<?>> notBegun, Supplier<Task<T>> start) {
        var submitted = new SubmittedFuture<T>(loop);
        notBegun.add(submitted);
        try {
            loop.execute(() -> {
                notBegun.remove(submitted);
                submitted.begin(start);
            });
        } catch (IllegalStateException closed) {
            notBegun.remove(submitted);
            throw closed;
        }
        if (loop.isClosed() && notBegun.remove(submitted)) {
            // Closed after it took the item: whoever closed it may not have seen this one.
            submitted.loopClosed();
        }
        return submitted;
    }

    /** The loop was closed before it began. */
    void loopClosed() {
        completeExceptionally(new IllegalStateException("Event loop is closed"));
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

    @Override
    public T join() {
        beforeBlocking();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        beforeBlocking();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        beforeBlocking();
        return super.get(timeout, unit);
    }

    private void beforeBlocking() {
        if (!isDone() && loop.isCurrent()) {
            throw new IllegalStateException("waiting for a submitted task would block the loop that has to run it:"
                    + " use await(createTask(...)) on the loop");
        }
    }
}
