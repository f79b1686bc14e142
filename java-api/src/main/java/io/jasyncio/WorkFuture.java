package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import org.jspecify.annotations.Nullable;

/**
 * The future of work that deals with cancel requests itself: it ends when the work says so, as a task does. For
 * runtimes and bridges.
 *
 * @param <T> the type of the result
 */
public abstract class WorkFuture<T extends @Nullable Object> extends LoopFuture<T> {

    /** Creates the future of work that somebody has begun, or is about to. */
    protected WorkFuture(LoopRuntime loop) {
        super(loop);
    }

    /** Asks the work to stop. It ends this when it has. On the loop. */
    protected abstract void cancelWork(@Nullable String message);

    @Override
    final boolean cancelHere(@Nullable String message) {
        if (isDone()) {
            return false;
        }
        cancelWork(message);
        return true;
    }
}
