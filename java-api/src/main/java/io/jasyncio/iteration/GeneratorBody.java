package io.jasyncio.iteration;

import org.jspecify.annotations.Nullable;

/**
 * The body of an {@link AsyncGenerator}, in direct style: it waits with {@code await} and gives each element out with
 * {@code out.yield(element)}.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface GeneratorBody<T extends @Nullable Object> {

    /**
     * Runs the body; its return is the end of the sequence.
     *
     * @throws Exception whatever ends the body; the one who asks for the next element gets this very exception
     */
    void run(Yielder<T> out) throws Exception;
}
