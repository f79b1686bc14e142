package io.jasyncio.spi;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for one stage after another, written as a state machine: it has no stack of its own, and a million
 * stages that have ended already are no recursion. The operators of async iteration are made of it.
 *
 * @param <T> the type of the result
 */
public interface Stepper<T extends @Nullable Object> {

    /**
     * Goes on as far as it gets without waiting. Called again when the stage that it has returned has ended, in
     * whatever way; how, this finds out itself. On the loop.
     *
     * @param cancelled a cancel request to deal with in place of that stage's result; null as a rule
     * @return the stage to wait for; null once the work is done
     * @throws Exception the failure of the work
     */
    @Nullable
    CompletionStage<?> step(@Nullable CancellationException cancelled) throws Exception;

    /** The result, asked for when {@link #step} has returned null. */
    T result();
}
