package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import org.jspecify.annotations.Nullable;

/** A future that a timer completes; cancelling it cancels the timer (S20). */
final class SleepFuture<T extends @Nullable Object> extends LoopFuture<T> implements Runnable {

    private final T value;
    private final TimerHandle timer;

    @SuppressWarnings("this-escape") // the timer cannot fire before the constructor has ended: both are the loop's
    SleepFuture(LoopRuntime loop, long whenNanos, T value) {
        super(loop);
        this.value = value;
        this.timer = loop.callAt(whenNanos, this);
    }

    @Override
    public void run() {
        finish(value);
    }

    @Override
    boolean cancelHere(@Nullable String message) {
        timer.cancel();
        return super.cancelHere(message);
    }
}
