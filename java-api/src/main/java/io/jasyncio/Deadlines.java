package io.jasyncio;

import java.time.Duration;
import java.util.Objects;

/** Arithmetic with the clock of a loop, whose values may be negative and whose far future must not overflow (J7, S19). */
final class Deadlines {

    /** As far ahead as a deadline can be, some 146 years: two times that far apart still compare by their difference. */
    private static final long FAR_NANOS = Long.MAX_VALUE / 2;

    private Deadlines() {}

    /** The time of a clock after a delay. A delay longer than a century is as good as a century. */
    static long after(long nowNanos, Duration delay) {
        return nowNanos + clampedNanos(delay);
    }

    static long clampedNanos(Duration delay) {
        Objects.requireNonNull(delay, "delay");
        if (delay.getSeconds() >= FAR_NANOS / 1_000_000_000L) {
            return FAR_NANOS;
        }
        return delay.isNegative() ? -1 : delay.toNanos();
    }

    static boolean isPositive(Duration delay) {
        return !delay.isNegative() && !delay.isZero();
    }
}
