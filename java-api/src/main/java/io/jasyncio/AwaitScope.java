package io.jasyncio;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A {@code try}-with-resources around awaits that uses cancellation for its own purpose. The end of such a block cannot
 * change the exception that leaves it, so the meaning is given at the await.
 */
interface AwaitScope {

    /** What a cancellation that arrives at an await in this scope stands for; null if it is not this scope's doing. */
    @Nullable
    Throwable translate(CancellationException cancelled);
}
