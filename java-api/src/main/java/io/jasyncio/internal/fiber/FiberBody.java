package io.jasyncio.internal.fiber;

/** What a fiber runs, and what it tells about the way. */
public interface FiberBody {

    /** Runs the body to its end. In the fiber. Does not throw. */
    void runBody();

    /** The body has blocked in its own way and can go on: run this on the loop. Any thread. */
    void continueLater(Runnable continuation);
}
