package io.jasyncio;

import io.jasyncio.spi.CurrentLoop;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Something that must be closed, which may take its time (asyncio's {@code aclosing}): a connection that says goodbye, a file
 * that is still written.
 *
 * <pre>{@code
 * try (var journal = await(Journal.openAsync(path))) {                         // direct style
 *     await(journal.appendAsync(entry));
 * }
 * usingStage(Journal.openAsync(path), journal -> journal.appendAsync(entry));  // stage style
 * }</pre>
 *
 * <p>In Kotlin, {@code use} of {@code io.jasyncio.coroutines} takes the place of the standard library's.
 *
 * <p>Of the two Java forms for direct style, {@code try}-with-resources and {@link Resources#using}, prefer the second where
 * a task may be cancelled while it opens or closes: the end of a {@code try} block does not know what leaves the block.
 */
public interface AsyncCloseable extends AutoCloseable {

    /**
     * Begins to close this.
     *
     * <p><b>Cancellation</b>: up to the implementation, which should give back what it holds all the same.
     *
     * @return a stage that ends when everything is given back; it fails if that went wrong
     */
    CompletionStage<@Nullable Void> closeAsync();

    /**
     * Closes this and waits for it, in a direct-style body: what {@code try}-with-resources calls.
     *
     * <p><b>Cancellation</b>: that of {@link #closeAsync()}. If the block has failed, a cancellation that comes while this
     * waits is only a suppressed exception of the failure; {@link Resources#using} delivers it at the next await.
     *
     * @throws IllegalStateException outside of a direct-style body, where nothing can wait; it was not closed then
     * @throws Exception why closing went wrong
     */
    @Override
    default void close() throws Exception {
        requireWaiting();
        Asyncio.await(closeAsync());
    }

    private void requireWaiting() {
        var loop = CurrentLoop.get();
        if (loop == null || !(loop.currentTask() instanceof DirectTask<?>)) {
            throw new IllegalStateException(
                    "close() of " + this + " has to wait, which only a direct-style body can: call"
                            + " closeAsync() here and go on when its stage has ended, or leave the closing to"
                            + " Resources.usingStage(...), or in Kotlin to 'use' of io.jasyncio.coroutines (import it)");
        }
    }
}
