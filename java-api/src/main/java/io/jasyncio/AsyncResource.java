package io.jasyncio;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Something to be in for a while, where going in and coming out may both wait (asyncio's async context manager, what
 * {@code async with} takes): a lock to hold, a transaction to finish.
 *
 * <pre>{@code
 * using(transaction, t -> await(t.executeAsync(update)));             // direct style
 * usingStage(transaction, t -> t.executeAsync(update));               // stage style
 * transaction.use { it.execute(update) }                              // Kotlin, with io.jasyncio.coroutines.use
 * }</pre>
 *
 * <p>Those three call both methods by the same rules: {@link #exitAsync} is called once for each time that
 * {@link #enterAsync} came to a good end, however the body ends, and also if the one who entered was cancelled in that very
 * moment and there is no body any more. It is not called if entering failed or was cancelled.
 *
 * @param <R> what the body gets
 */
public interface AsyncResource<R extends @Nullable Object> {

    /**
     * Goes in.
     *
     * <p><b>Cancellation</b>: the stage should end cancelled, with nothing held.
     *
     * @return a stage whose value the body gets
     */
    CompletionStage<R> enterAsync();

    /**
     * Comes out again.
     *
     * <p><b>Cancellation</b>: the request reaches the returned stage, as any other that a task waits for; this is not called
     * again. A Kotlin coroutine does not pass it on.
     *
     * @param entered what {@link #enterAsync} gave
     * @param failure what the body ended with; null for a good end. It leaves the body in any case: there is no way to
     *     swallow it
     * @return a stage that ends when everything is given back. If it fails, that is the failure of the whole, or a
     *     suppressed exception of the body's failure
     */
    CompletionStage<@Nullable Void> exitAsync(R entered, @Nullable Throwable failure);
}
