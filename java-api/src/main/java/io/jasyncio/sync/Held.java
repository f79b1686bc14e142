package io.jasyncio.sync;

import org.jspecify.annotations.Nullable;

/**
 * A lock or a permit that is held, for a {@code try}-with-resources block:
 *
 * <pre>{@code
 * try (var held = await(lock.holdAsync())) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Thread rule: the loop's.
 */
public final class Held implements AutoCloseable {

    private @Nullable Runnable release;

    Held(Runnable release) {
        this.release = release;
    }

    /** Releases. Does nothing the second time. */
    @Override
    public void close() {
        var once = release;
        if (once != null) {
            // A foreign thread is refused here: then it is still held.
            once.run();
            release = null;
        }
    }
}
