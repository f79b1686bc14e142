package io.jasyncio;

import java.time.Duration;
import java.util.Objects;

/**
 * A clock for tests: time stands still while anything can run and jumps to the next timer when nothing can.
 *
 * <p>A program that sleeps for a day takes a moment, and every deadline is met to the nanosecond. A loop with nothing left
 * that could ever wake it is told so by an {@link IllegalStateException} out of {@code run}, in place of a hang. While the
 * loop watches channels or waits for work in other threads, time passes as it really does.
 *
 * <p>Thread rule: belongs to the thread of the loop that uses it.
 */
public final class VirtualClock implements LoopClock {

    private long nanos;

    /** Creates a clock that stands at zero. */
    public VirtualClock() {}

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    /** The time that has passed since the clock was made. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos);
    }

    /**
     * Moves the clock forward, as if the running callback had taken that long.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration duration) {
        if (Objects.requireNonNull(duration, "duration").isNegative()) {
            throw new IllegalArgumentException("time does not go back: advance(" + duration + ")");
        }
        nanos += duration.toNanos();
    }

    @Override
    public boolean skipTo(long deadlineNanos) {
        if (deadlineNanos == Long.MAX_VALUE) {
            throw new IllegalStateException("the loop waits for something that can never happen: nothing is ready, and"
                    + " there is no timer, no channel and no work in another thread");
        }
        nanos = Math.max(nanos, deadlineNanos);
        return true;
    }
}
