package io.jasyncio.model;

import io.jasyncio.LoopClock;
import io.jasyncio.VirtualClock;

/** A virtual clock that says when it is about to jump: then nothing can run, and whoever waits has to. */
final class IdleClock implements LoopClock {

    private final VirtualClock clock = new VirtualClock();
    private Runnable onIdle = () -> {};

    void onIdle(Runnable action) {
        onIdle = action;
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    @Override
    public boolean skipTo(long deadlineNanos) {
        onIdle.run();
        return clock.skipTo(deadlineNanos);
    }
}
