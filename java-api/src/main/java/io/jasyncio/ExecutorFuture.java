package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The result of a function that runs in another thread. Cancelling it takes the function out of the queue if it has not
 * begun; a function that runs goes on, and its result is dropped (S123).
 */
final class ExecutorFuture<T extends @Nullable Object> extends LoopFuture<T> implements Runnable {

    private final ExternalWork externalWork;
    private final Callable<T> function;

    /** Who sets it decides: the worker that the function runs, a cancel request that it never does. */
    private final AtomicBoolean begun = new AtomicBoolean();

    private @Nullable Executor executor;

    ExecutorFuture(LoopRuntime loop, ExternalWork externalWork, Callable<T> function) {
        super(loop);
        this.externalWork = externalWork;
        this.function = function;
    }

    void start(Executor chosen) {
        executor = chosen;
        externalWork.begin();
        try {
            chosen.execute(this);
        } catch (Throwable refused) {
            externalWork.end();
            throw refused;
        }
    }

    /** In the other thread: calls the function and takes its outcome back to the loop. */
    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            var value = function.call();
            end(() -> finish(value));
        } catch (Throwable failure) {
            end(() -> fail(failure));
        }
    }

    private void end(Runnable completion) {
        loop.schedule(() -> {
            externalWork.end();
            completion.run();
        });
    }

    @Override
    boolean cancelHere(@Nullable String message) {
        if (begun.compareAndSet(false, true)) {
            externalWork.end();
            if (executor instanceof ThreadPoolExecutor pool) {
                pool.remove(this);
            }
        }
        return super.cancelHere(message);
    }
}
