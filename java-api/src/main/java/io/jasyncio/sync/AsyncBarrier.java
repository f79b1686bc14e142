package io.jasyncio.sync;

import io.jasyncio.LoopFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.spi.LoopBinding;
import java.util.BitSet;

/**
 * A place where tasks wait for each other: when as many as agreed have come, all go on (asyncio's {@code Barrier}, S88). Then
 * it is ready for the next round.
 *
 * <pre>
 * FILLING   -- the last one comes --&gt; DRAINING  -- all have gone --&gt; FILLING
 * any       -- reset(), somebody is inside --&gt; RESETTING -- all have gone --&gt; FILLING
 * any       -- abort() --&gt; BROKEN -- reset() --&gt; FILLING or RESETTING
 * </pre>
 *
 * <p>Thread rule: the loop's. Belongs to the first loop on which somebody had to wait for it (S89).
 */
public final class AsyncBarrier {

    enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    private final LoopBinding binding = new LoopBinding();
    private final int parties;

    /** Who has arrived and waits for the others. */
    private final Line inside = new Line();

    /** Who came while the barrier drained or was being reset. */
    private final Line outside = new Outside();

    /** Indices of this round that are taken: one that was given up by a cancellation is free again (S88). */
    private final BitSet taken = new BitSet();

    private State state = State.FILLING;

    /** How many are inside, or were and have not gone on yet. */
    private int count;

    /**
     * A barrier for so many tasks.
     *
     * @throws IllegalArgumentException if that is less than one
     */
    public AsyncBarrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("a barrier needs at least one party, not " + parties);
        }
        this.parties = parties;
    }

    /** How many must come. */
    public int parties() {
        return parties;
    }

    /** How many wait for the others; none while the barrier drains. asyncio's {@code n_waiting}. */
    public int waiting() {
        return state == State.FILLING ? count : 0;
    }

    /** Whether the barrier was aborted. */
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    /**
     * Waits until all have come. The last one does not wait.
     *
     * <p>Fails with {@link BrokenBarrierException} if the barrier is or becomes broken, or is reset.
     *
     * <p><b>Cancellation</b>: the others wait on for somebody else; the barrier is not broken.
     *
     * @return an index from 0, different for each task of a round; the order of arrival if nobody was cancelled
     * @throws IllegalStateException outside of a loop, or if the barrier belongs to another loop
     */
    public LoopFuture<Integer> waitAsync() {
        binding.check("waitAsync");
        var loop = binding.bind(this, "waitAsync");
        var wait = new BarrierWait(loop, this);
        if (outside.isEmpty() || isBroken()) {
            wait.comeInOrWait();
        } else {
            // Those who came before have not come in yet.
            wait.waitOutside();
        }
        return wait;
    }

    /** Sends everybody who waits home with {@link BrokenBarrierException}, and is ready for the next round. */
    public void reset() {
        binding.check("reset");
        if (count > 0) {
            state = State.RESETTING;
            inside.everybody();
        } else {
            state = State.FILLING;
            outside.everybody();
        }
    }

    /** Breaks the barrier: everybody who waits or comes gets {@link BrokenBarrierException}, until {@link #reset()}. */
    public void abort() {
        binding.check("abort");
        state = State.BROKEN;
        inside.everybody();
        outside.everybody();
    }

    // ---- For the waiters -------------------------------------------------------------------------------------------

    State state() {
        return state;
    }

    int arrive() {
        var index = taken.nextClearBit(0);
        taken.set(index);
        count++;
        return index;
    }

    boolean isFull() {
        return count == parties;
    }

    void drain() {
        state = State.DRAINING;
        inside.everybody();
    }

    WaitQueue inside() {
        return inside;
    }

    WaitQueue outside() {
        return outside;
    }

    /** Somebody goes, in whatever way. The last one out makes the barrier ready again. */
    void leave(int index) {
        taken.clear(index);
        count--;
        if (count == 0 && (state == State.DRAINING || state == State.RESETTING)) {
            state = State.FILLING;
            outside.everybody();
        }
    }

    @Override
    public String toString() {
        return "AsyncBarrier[" + state.name().toLowerCase(java.util.Locale.ROOT) + ", " + waiting() + " of " + parties
                + " waiting]";
    }

    /** Who was woken looks at the state of the barrier when his turn has come. */
    private class Line extends WaitQueue {

        Line() {
            super(AsyncBarrier.this, binding);
        }

        void everybody() {
            wakeAll();
        }
    }

    /** Who comes between the wake-up and the turn of those outside stands behind them, and is woken after them. */
    private final class Outside extends Line {

        @Override
        protected void came() {
            if (state == State.FILLING || state == State.BROKEN) {
                everybody();
            }
        }

        @Override
        protected void missed() {
            came();
        }
    }
}
