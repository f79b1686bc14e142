package io.jasyncio.iteration;

import org.jspecify.annotations.Nullable;

/**
 * Where the body of a generator puts its elements.
 *
 * @param <T> the type of the elements
 */
public interface Yielder<T extends @Nullable Object> {

    /**
     * Gives an element out, and stands still until the next one is asked for (Python's {@code yield}).
     *
     * <p><b>Cancellation</b>: a request that the body has not seen yet is delivered here as at an {@code await}; the
     * element is not given out then.
     *
     * @throws GeneratorExit if the generator is closed instead
     * @throws Exception what a cancellation stands for, if it belongs to a timeout or a task group around this
     * @throws IllegalStateException outside of the body of the generator
     */
    void yield(T element) throws Exception;
}
