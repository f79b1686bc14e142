package io.jasyncio.iteration;

import io.jasyncio.AsyncCloseable;
import io.jasyncio.spi.LoopBinding;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gives the elements of a sequence one after another; whether there is a next one may have to be waited for (Python's
 * asynchronous iterator).
 *
 * <p>Whoever iterates by hand closes the iterator in the end, however that comes about; the functions of
 * {@link AsyncIterable} that go to the end do so themselves. In direct style:
 *
 * <pre>{@code
 * try (var lines = log.asyncIterator()) {
 *     for (var line : lines.each()) {
 *         if (line.isEmpty()) {
 *             break;
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Thread rule: for one loop, and for one who asks at a time.
 *
 * @param <T> the type of the elements; null may be an element
 */
public interface AsyncIterator<T extends @Nullable Object> extends AsyncCloseable {

    /**
     * Asks whether there is a next element, and makes it ready. Asking again before it was taken changes nothing.
     *
     * <p><b>Cancellation</b>: reaches what is waited for. No element is lost: one that came all the same is the
     * answer to the next question. Whether the iterator can go on afterwards is said where it comes from; most
     * cannot.
     *
     * @return a stage that ends with false at the end of the sequence, from then on always; it fails with what went
     *     wrong
     * @throws IllegalStateException if somebody else asks just now
     */
    CompletionStage<Boolean> hasNextAsync();

    /**
     * Takes the element that {@link #hasNextAsync} has found. Never waits.
     *
     * @throws java.util.NoSuchElementException if {@code hasNextAsync} has not ended with true since the last call
     */
    T next();

    /**
     * Gives back what the iterator holds; there is no next element afterwards. Idempotent, also after the end. Not
     * while somebody waits in {@link #hasNextAsync}: cancel that first. There is nothing to give back by default.
     *
     * <p><b>Cancellation</b>: reaches what the closing waits for.
     */
    @Override
    default CompletionStage<@Nullable Void> closeAsync() {
        return LoopBinding.current("closeAsync").services().completed();
    }

    /**
     * The rest of the sequence for a plain {@code for} loop in a direct-style body. The loop waits where the sequence
     * does; what goes wrong there is thrown out of the head of the loop, unchecked or not.
     *
     * <p>The iterator is closed when the sequence has come to its end or failed. A loop that is left by {@code break}
     * or by an exception of its own cannot close it: see the example of this interface.
     *
     * <p><b>Cancellation</b>: as {@link #hasNextAsync}.
     *
     * @throws IllegalStateException on iteration outside of a direct-style body
     */
    default Iterable<T> each() {
        return () -> new EachIterator<>(this);
    }
}
