package io.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * Somebody's place in a {@link WaitQueue}. What stands behind it, a {@link WaitFuture} or a coroutine, is told when its turn
 * comes, and then says whether it {@linkplain #came() came} or {@linkplain #missed() missed} it.
 *
 * <p>A place may be used again once its turn is over.
 *
 * <p>Thread rule: the loop's.
 */
public abstract class Waiter {

    /** Links of {@link WaitQueue}. */
    @Nullable
    Waiter earlier;

    @Nullable
    Waiter later;

    /** The line that this stands in or was woken from; null if none. */
    @Nullable
    WaitQueue line;

    /** Woken, and the turn has not come yet. */
    boolean woken;

    /** A place in no line. */
    protected Waiter() {}

    /** Woken: sees to it that the turn comes, through the ready queue. */
    protected abstract void wake();

    /** Whether this stands in a line and was not woken. */
    public final boolean isWaiting() {
        return line != null && !woken;
    }

    /** Whether this was woken and its turn has not come. */
    public final boolean isWoken() {
        return woken;
    }

    /** Out of the line; has no effect on a place that stands in none or was woken. */
    public final void leaveLine() {
        if (line != null && !woken) {
            line.remove(this);
        }
    }

    /** The turn has come and is taken. */
    public final void came() {
        var from = endTurn();
        if (from != null) {
            from.came();
        }
    }

    /** The turn has come to somebody who does not want it any more: what was meant for him is passed on (S96). */
    public final void missed() {
        var from = endTurn();
        if (from != null) {
            from.missed();
        }
    }

    private @Nullable WaitQueue endTurn() {
        var from = line;
        woken = false;
        line = null;
        if (from != null) {
            from.turnOver();
        }
        return from;
    }
}
