package io.jasyncio;

import io.jasyncio.spi.CompletionListener;
import io.jasyncio.spi.LoopRuntime;

/**
 * A listener that only tidies up after a future and does not depend on it: it does not make the future shared.
 *
 * @param loop where it tidies up
 * @param action what it does
 */
record Bystander(LoopRuntime loop, Runnable action) implements CompletionListener {

    @Override
    public void completed(LoopFuture<?> future) {
        if (loop.isCurrent()) {
            action.run();
        } else {
            loop.schedule(action);
        }
    }
}
