package io.jasyncio;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much outside of the loop will come back to it: a clock that jumps must know. Any thread.
 */
public final class ExternalWork {

    /** Work that the loop gave to other threads. */
    private final AtomicInteger running = new AtomicInteger();

    /** Stages of somebody else that the loop waits for; whoever completes them may be the loop itself. */
    private final AtomicInteger awaited = new AtomicInteger();

    ExternalWork() {}

    /** Something is under way. */
    public void begin() {
        running.incrementAndGet();
    }

    /** Something has come back. */
    public void end() {
        running.decrementAndGet();
    }

    void beginAwaiting() {
        awaited.incrementAndGet();
    }

    void endAwaiting() {
        awaited.decrementAndGet();
    }

    /** Whether other threads work for the loop: time passes for them too, so it must not jump. */
    public boolean isRunning() {
        return running.get() > 0;
    }

    /** Whether something might still come from outside, so that a loop without timers is not stuck for good. */
    public boolean isExpected() {
        return isRunning() || awaited.get() > 0;
    }
}
