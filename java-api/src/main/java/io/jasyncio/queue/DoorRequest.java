package io.jasyncio.queue;

import io.jasyncio.Task;
import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What another thread wants of a queue. It ends when the loop says how it has ended and never before: a request that is
 * withdrawn may have been granted already, and then an item has really been put or got.
 */
final class DoorRequest<T extends @Nullable Object> extends CompletableFuture<T> {

    private final LoopRuntime loop;

    /** null until the loop has begun. The loop's. */
    private @Nullable Task<T> task;

    private DoorRequest(LoopRuntime loop) {
        this.loop = loop;
    }

    /**
     * Sends a request to the loop, where it is a task, so that it ends with the loop's other tasks.
     *
     * @throws IllegalStateException if the loop is closed
     */
    static <T extends @Nullable Object> DoorRequest<T> send(
            LoopRuntime loop, Supplier<? extends CompletionStage<T>> operation) {
        var request = new DoorRequest<T>(loop);
        var submitted = loop.services().<T>submit(() -> request.begin(operation));
        submitted.whenComplete(request::end);
        return request;
    }

    private Task<T> begin(Supplier<? extends CompletionStage<T>> operation) {
        // At once: what can be granted is granted before a withdrawal is heard of.
        var begun = loop.services().<T>startInternal(() -> watch(operation.get()));
        task = begun;
        return begun;
    }

    /** The operation itself says how it has ended: its task may be cancelled before it goes on. */
    private CompletionStage<T> watch(CompletionStage<T> operation) {
        return operation.whenComplete(this::end);
    }

    private void end(T value, @Nullable Throwable failure) {
        if (failure == null) {
            complete(value);
        } else {
            completeExceptionally(failure);
        }
    }

    /** Asks the loop to withdraw this. Whether it was still in time is seen from how this ends. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return false;
        }
        loop.schedule(() -> {
            if (task != null) {
                task.cancel();
            }
        });
        return true;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    // ---- Blocking --------------------------------------------------------------------------------------------------

    /**
     * Blocks until it has ended.
     *
     * @throws InterruptedException if the thread was interrupted and the request withdrawn in time; if not, the interrupt stands
     */
    T await() throws InterruptedException {
        try {
            get();
        } catch (InterruptedException interrupted) {
            withdraw(interrupted);
        } catch (ExecutionException | CancellationException seenBelow) {
            // The result says it again, in the form that the caller shall see.
        }
        return result();
    }

    /**
     * Blocks for some time. Returns whether the loop has answered; if not, the request was withdrawn.
     *
     * @throws InterruptedException as {@link #await()}
     */
    boolean await(long nanos) throws InterruptedException {
        try {
            get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            cancel(false);
            return isAnswered();
        } catch (InterruptedException interrupted) {
            withdraw(interrupted);
        } catch (ExecutionException | CancellationException failed) {
            // The caller asks for the result.
        }
        return true;
    }

    private void withdraw(InterruptedException interrupted) throws InterruptedException {
        cancel(false);
        if (!isAnswered()) {
            throw interrupted;
        }
        Thread.currentThread().interrupt();
    }

    /** Blocks until the withdrawal is decided: whether the loop was quicker, be it with a failure. */
    private boolean isAnswered() {
        try {
            join();
            return true;
        } catch (CancellationException withdrawn) {
            return false;
        } catch (CompletionException failed) {
            return !(failed.getCause() instanceof CancellationException);
        }
    }

    /** The value; or the original exception. */
    T result() {
        try {
            return join();
        } catch (CancellationException closing) {
            throw closedMeanwhile(closing);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof CancellationException closing) {
                throw closedMeanwhile(closing);
            }
            throw failed.getCause() instanceof RuntimeException original ? original : failed;
        }
    }

    private static IllegalStateException closedMeanwhile(CancellationException closing) {
        return new IllegalStateException(
                "the event loop was shut down while this thread waited for its queue", closing);
    }
}
