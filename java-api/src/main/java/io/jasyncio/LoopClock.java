package io.jasyncio;

/**
 * Where a loop takes its time from: a parameter of the loop, so that tests of timing need not wait.
 *
 * @see VirtualClock
 */
public interface LoopClock {

    /** The time in nanoseconds from an arbitrary origin. Never goes back. */
    long nanoTime();

    /** Whether time may jump: then a loop without timers looks for a moment whether other threads have something for it. */
    default boolean isVirtual() {
        return false;
    }

    /**
     * Asked when the loop has nothing to run, watches no channel and waits for no other thread: may time jump?
     *
     * @param deadlineNanos when the first timer is due; {@link Long#MAX_VALUE} if there is no timer
     * @return true if the clock stands at the deadline now and the loop shall not wait
     */
    default boolean skipTo(long deadlineNanos) {
        return false;
    }

    /** The clock of the machine: {@link System#nanoTime()}. */
    static LoopClock system() {
        return System::nanoTime;
    }
}
