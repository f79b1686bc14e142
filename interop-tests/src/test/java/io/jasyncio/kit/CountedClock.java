package io.jasyncio.kit;

import io.jasyncio.LoopClock;

/**
 * The clock of the machine, which counts how often it is looked at. A loop that waits for a timer looks at it a few times and
 * then sleeps; one that spins looks at it in each of its passes. So the count tells the one from the other whatever else the
 * machine does, which times do not.
 *
 * <p>Loop only.
 */
public final class CountedClock implements LoopClock {

    /** A loop that sleeps has looked less often; one that spins does so within milliseconds. */
    public static final int FEW = 200;

    private int looks;

    @Override
    public long nanoTime() {
        looks++;
        return System.nanoTime();
    }

    /** How often it was looked at. */
    public int looks() {
        return looks;
    }
}
