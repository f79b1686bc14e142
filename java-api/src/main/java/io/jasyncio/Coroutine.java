package io.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * A body in direct style: plain Java that waits with {@link Asyncio#await}.
 *
 * <p>asyncio's coroutine. The loop runs it as a {@link Task}; between two awaits nothing else runs on the loop, so state
 * that only tasks of one loop touch needs no lock.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Coroutine<T extends @Nullable Object> {

    /**
     * Runs the body.
     *
     * @return the result of the task
     * @throws Exception whatever ends the body; the task fails with this very exception
     */
    T run() throws Exception;
}
