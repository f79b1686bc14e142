package io.jasyncio;

import io.jasyncio.spi.LoopBinding;
import org.jspecify.annotations.Nullable;

/**
 * The line of those who wait for the same thing, first come, first served. Under every primitive and queue: fairness and
 * cancellation are solved here, once. For primitives of your own, too, which say by {@link #came} and {@link #missed} what a
 * turn means to them.
 *
 * <p>Joining, leaving from the middle and waking take constant time. Whoever was woken is out of the line but still counts
 * in {@link #isEmpty} until his turn is over: so a primitive knows that something is promised already, and nobody barges in
 * (S80).
 *
 * <p>Thread rule: the loop's.
 */
public abstract class WaitQueue {

    private final Object owner;
    private final LoopBinding binding;
    private @Nullable Waiter first;
    private @Nullable Waiter last;
    private int waiting;
    private int woken;

    /**
     * An empty line.
     *
     * @param owner the primitive, for messages
     * @param binding the loop that the primitive belongs to as soon as somebody has to wait (S89)
     */
    protected WaitQueue(Object owner, LoopBinding binding) {
        this.owner = owner;
        this.binding = binding;
    }

    // ---- For everybody ---------------------------------------------------------------------------------------------

    /** Whether nobody waits and nobody is between his wake-up and his turn. */
    public final boolean isEmpty() {
        return first == null && woken == 0;
    }

    /** How many wait, those included who were woken and whose turn has not come. */
    public final int size() {
        return waiting + woken;
    }

    /**
     * Joins at the end.
     *
     * @throws IllegalStateException if the waiter stands in a line already; outside of a loop, or if the primitive belongs to
     *     another loop
     */
    public final void join(Waiter waiter) {
        if (waiter.line != null) {
            throw new IllegalStateException(waiter + " stands in a line already");
        }
        binding.bind(owner, "join");
        add(waiter);
    }

    @Override
    public final String toString() {
        return "for " + owner;
    }

    // ---- For the primitive -----------------------------------------------------------------------------------------

    /** Somebody who was woken has come. */
    protected void came() {}

    /** Somebody who was woken will not come: what was meant for him is for the next. */
    protected void missed() {}

    /** Somebody has come, but was cancelled before he could notice: as if he had not. */
    protected void gaveBack() {
        missed();
    }

    /** Whether somebody waits who was not woken yet. */
    protected final boolean hasWaiting() {
        return first != null;
    }

    /** Wakes the one who has waited longest. Returns false if nobody waits. */
    protected final boolean wakeFirst() {
        var waiter = first;
        if (waiter == null) {
            return false;
        }
        unlink(waiter);
        woken++;
        waiter.woken = true;
        waiter.wake();
        return true;
    }

    /** Wakes some, those who have waited longest. */
    protected final void wake(int count) {
        for (var left = Math.min(count, waiting); left > 0 && wakeFirst(); left--) {
            continue;
        }
    }

    /** Wakes all who wait now; whoever joins meanwhile is not meant. */
    protected final void wakeAll() {
        wake(waiting);
    }

    // ---- The list --------------------------------------------------------------------------------------------------

    /** Joins a line of the loop that the waiter is known to belong to. */
    final void add(Waiter waiter) {
        waiter.line = this;
        waiter.earlier = last;
        if (last == null) {
            first = waiter;
        } else {
            last.later = waiter;
        }
        last = waiter;
        waiting++;
    }

    final void remove(Waiter waiter) {
        unlink(waiter);
        waiter.line = null;
    }

    private void unlink(Waiter waiter) {
        var before = waiter.earlier;
        var after = waiter.later;
        if (before == null) {
            first = after;
        } else {
            before.later = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.earlier = before;
        }
        waiter.earlier = null;
        waiter.later = null;
        waiting--;
    }

    final void turnOver() {
        woken--;
    }
}
