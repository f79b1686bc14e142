package io.jasyncio.internal.fiber;

/**
 * A body that stops in the middle and goes on later. At any time either the loop runs or the body, never both: the body
 * counts as the loop, whatever thread it is on.
 */
public interface Fiber {

    /**
     * Starts the body, or lets it go on; returns when it suspends or has ended. On the loop.
     *
     * <p>Where the body blocks in a way that the loop can see (a virtual thread of the loop's that sleeps or waits for a
     * socket) this returns too, and the body goes on by itself, through the ready queue.
     */
    void resume();

    /** Stops here until the next {@link #resume()}. In the body. */
    void suspend();

    /**
     * Runs an action that resumes another fiber; returns when the action has. In the body. The other fiber must not find
     * this one mounted.
     */
    void runOutside(Runnable action);
}
