package io.jasyncio;

/**
 * A callback that waits for its turn on the loop: what {@link EventLoop#callSoon} returns (asyncio's {@code Handle}).
 *
 * <p>Thread rule: belongs to the loop; call it from the loop only.
 */
public interface Handle {

    /**
     * Takes the callback out of the running: it will not run any more. Does nothing to a callback that has run already,
     * but {@link #cancelled()} answers true from now on all the same (S5). The callback is let go of at once (S4).
     */
    void cancel();

    /** Whether {@link #cancel()} was called. */
    boolean cancelled();

    /** The context in which the callback runs. */
    Context getContext();
}
