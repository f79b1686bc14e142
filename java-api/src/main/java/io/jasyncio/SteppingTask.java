package io.jasyncio;

import io.jasyncio.spi.CompletionListener;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Reclaiming;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A task with a Java body: runs in steps, is itself the entry of the ready queue for each step, and is cancelled by
 * asyncio's edge-triggered rule.
 */
abstract class SteppingTask<T extends @Nullable Object> extends Task<T> implements Runnable, CompletionListener {

    /** What the next step waits for; null while a step runs or is queued for the first time. */
    private @Nullable LoopFuture<?> waitingOn;

    /** A request that found nothing to cancel and is delivered at the next step (S42). */
    private boolean mustCancel;

    private @Nullable String cancelMessage;

    SteppingTask(LoopRuntime loop, TaskOptions options) {
        super(loop, options);
    }

    /** Puts the first step on the loop, or runs it now. */
    final void start(TaskOptions options) {
        enter();
        if (options.eagerStart() && loop.isCurrent()) {
            loop.services().runInside(this);
        } else {
            loop.schedule(this);
        }
    }

    @Override
    public final void completed(LoopFuture<?> future) {
        loop.schedule(this);
    }

    /** From now on this waits for a future, which will put the next step on the loop. */
    final void waitOn(LoopFuture<?> future) {
        waitingOn = future;
        if (future instanceof YieldFuture<?> yielded && yielded.carry(this)) {
            return;
        }
        future.addListener(this);
        if (mustCancel && future.cancel(cancelMessage)) {
            mustCancel = false;
        }
    }

    /** The wait is over. Returns the cancellation to deliver in place of the future's result, if there is one (S44). */
    final @Nullable CancellationException endWait(LoopFuture<?> future) {
        waitingOn = null;
        var cancelled = takeCancellation(future);
        if (cancelled != null) {
            reclaim(future);
        }
        return cancelled;
    }

    /** What was handed over is not taken: it goes back. */
    static void reclaim(LoopFuture<?> future) {
        if (future instanceof Reclaiming reclaiming && future.isDone() && !future.isCompletedExceptionally()) {
            reclaiming.valueNotTaken();
        }
    }

    /** The undelivered request, which counts as delivered from now on; the future's own cancellation goes first. */
    final @Nullable CancellationException takeCancellation(@Nullable LoopFuture<?> future) {
        if (!mustCancel) {
            return null;
        }
        mustCancel = false;
        if (future != null && future.isDone() && future.failureOrNull() instanceof CancellationException own) {
            return own;
        }
        return Failures.cancellation(cancelMessage);
    }

    final boolean hasUndeliveredCancel() {
        return mustCancel;
    }

    @Override
    final @Nullable LoopFuture<?> waitsFor() {
        return waitingOn;
    }

    @Override
    final boolean cancelHere(@Nullable String message) {
        mustCancel = true;
        cancelMessage = message;
        return true;
    }

    @Override
    final boolean breakWait(@Nullable String message) {
        var future = waitingOn;
        if (future != null) {
            future.removeListener(this);
            loop.schedule(this);
        }
        return cancelHere(message);
    }

    @Override
    final void withdrawCancel() {
        mustCancel = false;
        if (waitingOn != null) {
            waitingOn.source().cancelTakenBack();
        }
    }

    /** The body has returned; a request that came too late to be delivered still makes the task cancelled (S45). */
    final void endNormally(T value) {
        leave();
        if (mustCancel) {
            fail(Failures.cancellation(cancelMessage));
        } else {
            finish(value);
        }
    }

    /** The body has thrown. */
    final void endExceptionally(Throwable failure) {
        leave();
        fail(failure);
    }
}
