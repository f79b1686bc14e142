package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Reclaiming;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Asyncio#waitFor} returns: a future with a deadline. When time is up it cancels the future and waits until
 * that has really ended (S62); being cancelled itself does the same without the {@link TimeoutException}.
 */
final class WaitFor<T extends @Nullable Object> extends LoopFuture<T> implements Reclaiming {

    private final LoopFuture<T> inner;
    private final Duration timeout;
    private @Nullable TimerHandle timer;
    private boolean expired;
    private boolean cancelRequested;

    WaitFor(LoopRuntime loop, LoopFuture<T> inner, Duration timeout) {
        super(loop);
        this.inner = inner;
        this.timeout = timeout;
    }

    LoopFuture<T> start() {
        if (!inner.isDone()) {
            if (Deadlines.isPositive(timeout)) {
                timer = loop.callLater(timeout, this::expire);
            } else {
                expire();
            }
        }
        inner.addListener(ended -> end());
        return this;
    }

    /** Also if a request from outside came first: the deadline breaks the cleanup off, but that request still wins. */
    private void expire() {
        if (!inner.isDone()) {
            expired = true;
            inner.cancel();
        }
    }

    /** Not through the ready queue: an await of this takes no more passes than an await of the future itself. */
    private void end() {
        if (timer != null) {
            timer.cancel();
        }
        var failure = inner.failureOrNull();
        if (failure == null) {
            finish(inner.takeResult());
        } else if (failure instanceof CancellationException && expired && !cancelRequested) {
            fail(timedOut(timeout, failure));
        } else {
            fail(failure);
        }
    }

    static TimeoutException timedOut(@Nullable Duration timeout, @Nullable Throwable cause) {
        var timedOut = new TimeoutException(
                timeout == null ? "the deadline has passed" : "timed out after " + describe(timeout));
        timedOut.initCause(cause);
        return timedOut;
    }

    private static String describe(Duration timeout) {
        return timeout.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    LoopFuture<?> passCancel(@Nullable String message) {
        cancelRequested = true;
        return inner;
    }

    @Override
    boolean cancelHere(@Nullable String message) {
        return inner.cancel(message);
    }

    @Override
    boolean breakWait(@Nullable String message) {
        if (timer != null) {
            timer.cancel();
        }
        return fail(Failures.cancellation(message));
    }

    @Override
    LoopFuture<?> endsWith() {
        return inner;
    }

    @Override
    public void valueNotTaken() {
        SteppingTask.reclaim(inner);
    }
}
