package io.jasyncio;

import org.jspecify.annotations.Nullable;

/** A {@link Coroutine} without a result, so that a lambda need not end in {@code return null}. */
@FunctionalInterface
public interface CoroutineAction {

    /**
     * Runs the body.
     *
     * @throws Exception whatever ends the body; the task fails with this very exception
     */
    void run() throws Exception;

    /** The same body as a {@link Coroutine} whose result is {@code null}. */
    default Coroutine<@Nullable Void> asCoroutine() {
        return () -> {
            run();
            return null;
        };
    }
}
