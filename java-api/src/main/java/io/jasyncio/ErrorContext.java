package io.jasyncio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an error that reached the loop's {@link ExceptionHandler} (asyncio's context dictionary, S127).
 *
 * @param message one line that says what happened
 * @param exception the error itself, if there is one
 * @param source what it happened to: a {@link Task}, a {@link LoopFuture}, a {@link Handle}, a transport, or a text that
 *     describes a thing that no longer exists
 * @param created where the source was created; known in debug mode only
 */
public record ErrorContext(
        String message,
        @Nullable Throwable exception,
        @Nullable Object source,
        @Nullable Throwable created) {

    /** Checks that there is a message. */
    public ErrorContext {
        Objects.requireNonNull(message, "message");
    }

    /** A context without a creation site. */
    public ErrorContext(String message, @Nullable Throwable exception, @Nullable Object source) {
        this(message, exception, source, null);
    }
}
