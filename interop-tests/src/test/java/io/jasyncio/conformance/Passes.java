package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.Handle;

/** Counts the iterations of the running loop: make it, await something, and ask {@link #stop()}. */
public final class Passes {

    private final EventLoop loop = EventLoop.current();
    private int count;
    private Handle next;

    private Passes() {
        next = loop.callSoon(this::tick);
    }

    /** Begins to count with the next iteration. */
    public static Passes start() {
        return new Passes();
    }

    private void tick() {
        count++;
        next = loop.callSoon(this::tick);
    }

    /** How many iterations have begun since the start. */
    public int count() {
        return count;
    }

    /** The same, and ends the counting. */
    public int stop() {
        next.cancel();
        return count;
    }
}
