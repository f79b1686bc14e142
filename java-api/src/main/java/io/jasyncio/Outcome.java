package io.jasyncio;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How a future ended: an element of {@link Asyncio#gatherOutcomes}, which is asyncio's
 * {@code gather(..., return_exceptions=True)}.
 *
 * @param <T> the type of the value
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /** The value, or the original exception thrown (checked ones too). */
    T get() throws Exception;

    /** The exception; null for a value. */
    @Nullable
    Throwable exception();

    /** Whether there is a value. */
    default boolean isSuccess() {
        return exception() == null;
    }

    /** Whether the future was cancelled. */
    default boolean isCancelled() {
        return exception() instanceof CancellationException;
    }

    /**
     * It ended with a value.
     *
     * @param value the value
     * @param <T> its type
     */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {

        @Override
        public T get() {
            return value;
        }

        @Override
        public @Nullable Throwable exception() {
            return null;
        }

        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /**
     * It failed or was cancelled.
     *
     * @param exception why
     * @param <T> the type of the value there is not
     */
    record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {

        @Override
        public T get() throws Exception {
            throw Failures.sneaky(exception);
        }

        @Override
        public String toString() {
            return exception.toString();
        }
    }
}
