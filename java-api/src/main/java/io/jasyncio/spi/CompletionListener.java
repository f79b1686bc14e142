package io.jasyncio.spi;

import io.jasyncio.LoopFuture;

/**
 * Told about the end of a {@link LoopFuture} at once, in the thread that completes it. The runtime's own hook: it does
 * no work there, it only puts something on the loop. It must not throw.
 */
@FunctionalInterface
public interface CompletionListener {

    /** Called exactly once, when the future has ended. */
    void completed(LoopFuture<?> future);
}
