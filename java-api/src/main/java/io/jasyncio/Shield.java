package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What {@link Asyncio#shield} returns: takes the inner future's result, but gives no cancel request on (S79). */
final class Shield<T extends @Nullable Object> extends LoopFuture<T> {

    Shield(LoopRuntime loop) {
        super(loop);
    }

    LoopFuture<T> start(LoopFuture<T> inner) {
        inner.addDoneCallback(this::innerEnded, null);
        return this;
    }

    private void innerEnded(LoopFuture<T> inner) {
        if (isDone()) {
            // Cancelled meanwhile. A failure of the inner is not looked at here, so it is reported if nobody else does.
            return;
        }
        var failure = inner.failureOrNull();
        if (failure == null) {
            finish(inner.takeResult());
        } else if (failure instanceof CancellationException cancelled) {
            super.cancelHere(cancelled.getMessage());
        } else {
            fail(failure);
        }
    }
}
