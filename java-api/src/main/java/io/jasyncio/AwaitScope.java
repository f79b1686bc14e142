package io.jasyncio;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A {@code try}-with-resources around awaits that uses cancellation for its own purpose. The end of such a block cannot
 * change the exception that leaves it, so the meaning is given at the await.
 */
interface AwaitScope {

    /**
     * What a cancellation that arrives at an await in this scope stands for; null if it is not this scope's doing.
     *
     * @param innerRequests how many of the task's standing cancel requests are of scopes further in, which take them back
     */
    @Nullable
    Throwable translate(CancellationException cancelled, int innerRequests);

    /** How many cancel requests of this scope's own stand. */
    default int requests() {
        return 0;
    }
}
