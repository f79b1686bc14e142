package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import org.jspecify.annotations.Nullable;

/**
 * A task whose body a runtime brings along: the base of the Kotlin runtime's coroutines. Its cancellation is the body's
 * own affair, and level-triggered. Not for applications.
 *
 * @param <T> the type of the result
 */
public abstract class RuntimeTask<T extends @Nullable Object> extends Task<T> {

    /** Creates the task and makes it known to the loop. */
    @SuppressWarnings("this-escape") // the registry only links it
    protected RuntimeTask(LoopRuntime loop, TaskOptions options) {
        super(loop, options);
        enter();
    }

    /** Asks the body to stop. Called for every request, on the loop. */
    protected abstract void cancelBody(@Nullable String message);

    /** The body has ended with a value. */
    protected final void endWith(T value) {
        leave();
        finish(value);
    }

    /** The body has failed, or was cancelled if this is a {@link java.util.concurrent.CancellationException}. */
    protected final void endExceptionally(Throwable exception) {
        leave();
        fail(exception);
    }

    @Override
    final void withdrawCancel() {}

    /** The body unwinds elsewhere, and ends this when it has. */
    @Override
    final void abandon() {
        cancelBody("the event loop was closed");
    }

    @Override
    final @Nullable LoopFuture<?> waitsFor() {
        return null;
    }

    /** A body passes the request on to the task that it awaits from inside of its own cancellation: a recursion (J11). */
    @Override
    final boolean cancelHere(@Nullable String message) {
        var nesting = loop.services().cancelNesting();
        if (!nesting.enter()) {
            nesting.postpone(() -> cancelBody(message));
            return true;
        }
        try {
            cancelBody(message);
        } finally {
            nesting.leave();
        }
        return true;
    }
}
