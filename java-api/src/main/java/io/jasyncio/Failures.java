package io.jasyncio;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Exceptions as they cross the border to and from {@link java.util.concurrent.CompletableFuture}. */
final class Failures {

    private Failures() {}

    /** The original behind the wrappers that {@code CompletableFuture} puts around it. */
    static Throwable unwrap(Throwable failure) {
        var cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Throws the very throwable, checked or not. Declared to return, so that the compiler sees the end of the path. */
    static RuntimeException sneaky(Throwable failure) {
        Failures.<RuntimeException>throwUnchecked(failure);
        throw new AssertionError("not reached");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    static CancellationException cancellation(@Nullable String message) {
        return message == null ? new CancellationException() : new CancellationException(message);
    }
}
