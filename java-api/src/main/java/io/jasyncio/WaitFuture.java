package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.ReadyItem;
import io.jasyncio.spi.Reclaiming;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The future of somebody who stands in a {@link WaitQueue}. For primitives: a lock, a queue, whatever makes tasks wait for
 * each other.
 *
 * <p>A waiter who is woken gets his {@link #turn} in the next pass, and a task that awaits this goes on in that very turn. So
 * from the wake-up to the task it takes one pass, as in asyncio, and there is no moment in which something was handed over to
 * a task that has not noticed yet. A waiter who is cancelled on the way has {@link #turnMissed}, and the line passes on what
 * was meant for him (S96).
 *
 * <p>Thread rule: the loop's; any thread may cancel it.
 *
 * @param <T> what the waiter gets
 */
public abstract class WaitFuture<T extends @Nullable Object> extends LoopFuture<T> implements Reclaiming {

    private final Place place = new Place();

    /** The turn is now. */
    private boolean onTurn;

    /** How many tasks and stages waited for the value when it came, less those who did not take it. */
    private int takers;

    /** A request that came between the wake-up and the turn. */
    private @Nullable CancellationException cancelled;

    /** Who goes on in this turn. */
    private @Nullable SteppingTask<?> carried;

    /** What brings the turn in place of an entry of the ready queue: a coroutine, which is dispatched itself. */
    private @Nullable Runnable resumer;

    /** Creates somebody who stands in no line yet. */
    protected WaitFuture(LoopRuntime loop) {
        super(loop);
    }

    // ---- For the primitive -----------------------------------------------------------------------------------------

    /** The turn has come: take what this waits for and {@link #endWith} it, fail, or stand in line again. */
    protected abstract void turn();

    /** The turn has come, but the waiter was cancelled on the way. The line knows; this has to {@link #failWith}. */
    protected void turnMissed(CancellationException cancelled) {
        failWith(cancelled);
    }

    /** Cancelled in the line: leaves it and ends. */
    protected boolean cancelledInLine(CancellationException cancelled) {
        place.leaveLine();
        return fail(cancelled);
    }

    /** All who awaited this were cancelled in the pass in which the value came: give it back, or on to the next. */
    protected abstract void notTaken(T value);

    /** Joins a line, at its end. */
    protected final void standIn(WaitQueue line) {
        line.add(place);
    }

    /** Out of the line, if this stands in one. */
    protected final void leaveLine() {
        place.leaveLine();
    }

    /** Asks for a turn without a line. */
    protected final void askForTurn() {
        place.woken = true;
        loop.schedule(place);
    }

    /** Ends with a value. False if somebody else has ended this before: then the value is still the primitive's. */
    protected final boolean endWith(T value) {
        takers = Math.max(1, dependentCount());
        return finish(value);
    }

    /** Fails. */
    protected final void failWith(Throwable failure) {
        fail(failure);
    }

    @Override
    public final void valueNotTaken() {
        // If several wait for this, one who is cancelled must not give away what another one has.
        if (--takers == 0) {
            notTaken(takeResult());
        }
    }

    // ---- The turn --------------------------------------------------------------------------------------------------

    /** For the runtime: takes the turn that has come, outside of the ready queue. */
    public final void takeTurn() {
        doTurn();
        letCarriedGoOnLater();
    }

    private void doTurn() {
        if (!place.isWoken()) {
            return;
        }
        var missed = cancelled;
        cancelled = null;
        onTurn = true;
        try {
            if (missed == null) {
                place.came();
                turn();
            } else {
                place.missed();
                turnMissed(missed);
            }
        } catch (Throwable failure) {
            fail(failure);
        } finally {
            onTurn = false;
        }
    }

    /**
     * For the runtime: a coroutine wants to take the turn itself, in the place of this in the ready queue.
     *
     * @param resumer dispatches the coroutine, which then calls {@link #takeTurn}
     * @return false if another one does so already
     */
    public final boolean resumeBy(Runnable resumer) {
        if (this.resumer != null || place.isWoken()) {
            return false;
        }
        this.resumer = resumer;
        return true;
    }

    /** For the runtime: nobody takes the turn in place of this any more. */
    public final void resumeBySelf() {
        resumer = null;
    }

    @Override
    final boolean takesAlong(SteppingTask<?> task) {
        if (!onTurn || carried != null) {
            return false;
        }
        carried = task;
        return true;
    }

    /**
     * Takes the turn at once, for a task that would be suspended otherwise, if it is what the loop would run next.
     *
     * @return whether it is that task which goes on in it
     */
    final boolean takeTurnInPlace(SteppingTask<?> task) {
        doTurn();
        if (carried == task) {
            return true;
        }
        letCarriedGoOnLater();
        return false;
    }

    private void letCarriedGoOnLater() {
        if (carried != null) {
            loop.schedule(carried);
            carried = null;
        }
    }

    /** Whether an entry of the ready queue is the turn of this. */
    final boolean isTurn(Runnable item) {
        return item == place;
    }

    /** The place in the line, which is also the entry of the ready queue. */
    private final class Place extends Waiter implements ReadyItem {

        @Override
        protected void wake() {
            if (resumer == null) {
                loop.schedule(this);
            } else {
                resumer.run();
            }
        }

        @Override
        public void run() {
            doTurn();
            if (carried != null) {
                carried.run();
            }
        }

        @Override
        public @Nullable Task<?> task() {
            return carried;
        }

        @Override
        public Context getContext() {
            return carried == null ? new Context() : carried.getContext();
        }

        @Override
        public String toString() {
            return "the turn of " + WaitFuture.this;
        }
    }

    @Override
    public String toString() {
        if (isDone()) {
            return "Wait[ended]";
        }
        var line = place.line;
        return line == null ? "Wait[pending]" : "Wait[" + (place.woken ? "woken" : "pending") + ", " + line + "]";
    }

    // ---- Ending early ----------------------------------------------------------------------------------------------

    @Override
    final boolean cancelHere(@Nullable String message) {
        var request = Failures.cancellation(message);
        if (place.isWoken()) {
            cancelled = request;
            return true;
        }
        return cancelledInLine(request);
    }

    @Override
    final void cancelTakenBack() {
        cancelled = null;
    }

    /** Ends this before its turn, from the loop only: the place in the line is given up. */
    @Override
    public boolean complete(T value) {
        return beginToEndByHand("complete") && super.complete(value);
    }

    /** Ends this before its turn, from the loop only: the place in the line is given up. */
    @Override
    public boolean completeExceptionally(Throwable exception) {
        return beginToEndByHand("completeExceptionally") && super.completeExceptionally(exception);
    }

    /** Somebody ends this by hand before its turn. If it was woken already, the turn comes all the same. */
    protected void endsByHand() {}

    private boolean beginToEndByHand(String method) {
        requireLoop(method);
        if (isDone()) {
            return false;
        }
        place.leaveLine();
        endsByHand();
        return true;
    }

    private void requireLoop(String method) {
        if (!loop.isCurrent() && loop.isRunning()) {
            throw new IllegalStateException(method + "() was called from thread '"
                    + Thread.currentThread().getName()
                    + "': what waits for its turn can be cancelled from other threads,"
                    + " but not completed");
        }
    }
}
