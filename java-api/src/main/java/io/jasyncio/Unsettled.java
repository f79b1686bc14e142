package io.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * The latest dependents of stages that had ended already. The JDK completes such a dependent without a word to it, so it is
 * looked at a little later: when enough others have come, when the loop is idle, when it closes. Loop only.
 */
final class Unsettled {

    /** A power of two, so that a mask can stand for the remainder. */
    private static final int CAPACITY = 64;

    private final @Nullable DependentFuture<?>[] latest = new DependentFuture<?>[CAPACITY];
    private int next;

    void add(DependentFuture<?> dependent) {
        settle(next);
        latest[next] = dependent;
        next = next + 1 & CAPACITY - 1;
    }

    void settleAll() {
        for (var place = 0; place < CAPACITY; place++) {
            settle(place);
        }
    }

    private void settle(int place) {
        var dependent = latest[place];
        if (dependent != null) {
            latest[place] = null;
            dependent.settle();
        }
    }
}
