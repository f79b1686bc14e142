package io.jasyncio.sync;

import io.jasyncio.WaitFuture;
import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One of the parties of a barrier: outside until there is room for a new round, then inside until all have come. */
final class BarrierWait extends WaitFuture<Integer> {

    private static final int OUTSIDE = -1;

    private final AsyncBarrier barrier;

    /** The place in the round, or {@link #OUTSIDE}. */
    private int index = OUTSIDE;

    /** Cancelled in the line. */
    private @Nullable CancellationException goingAway;

    BarrierWait(LoopRuntime loop, AsyncBarrier barrier) {
        super(loop);
        this.barrier = barrier;
    }

    /** Comes in, unless the barrier is broken. */
    private void enter() {
        if (barrier.isBroken()) {
            failWith(new BrokenBarrierException("the barrier was aborted: reset() makes it usable again"));
            return;
        }
        index = barrier.arrive();
        if (barrier.isFull()) {
            barrier.drain();
            leaveWithIndex();
        } else {
            standIn(barrier.inside());
        }
    }

    @Override
    protected void turn() {
        if (isDone()) {
            return;
        }
        if (goingAway != null) {
            turnMissed(goingAway);
        } else if (index == OUTSIDE) {
            comeInOrWait();
        } else if (barrier.state() == AsyncBarrier.State.DRAINING) {
            leaveWithIndex();
        } else {
            leave();
            failWith(new BrokenBarrierException("the barrier was aborted or reset while this waited"));
        }
    }

    /** Others may have been quicker, and have filled and begun to drain it again. */
    void comeInOrWait() {
        switch (barrier.state()) {
            case FILLING, BROKEN -> enter();
            case DRAINING, RESETTING -> waitOutside();
        }
    }

    void waitOutside() {
        standIn(barrier.outside());
    }

    private void leaveWithIndex() {
        var place = index;
        leave();
        endWith(place);
    }

    private void leave() {
        var place = index;
        index = OUTSIDE;
        barrier.leave(place);
    }

    @Override
    protected void turnMissed(CancellationException cancelled) {
        if (index != OUTSIDE) {
            leave();
        }
        failWith(cancelled);
    }

    /** Counts until it really goes, in the next pass, as in asyncio: whoever comes before completes the round. */
    @Override
    protected boolean cancelledInLine(CancellationException cancelled) {
        goingAway = cancelled;
        leaveLine();
        askForTurn();
        return true;
    }

    @Override
    protected void endsByHand() {
        if (index != OUTSIDE) {
            leave();
        }
    }

    /** The round is over; there is nothing to give back. */
    @Override
    protected void notTaken(Integer place) {}
}
