package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A task whose body is a chain of stages: the first step makes the chain, the second takes its result. */
final class StageTask<T extends @Nullable Object> extends SteppingTask<T> {

    /** null once the chain was made. */
    private @Nullable Supplier<? extends CompletionStage<T>> body;

    private @Nullable LoopFuture<T> chain;

    StageTask(LoopRuntime loop, Supplier<? extends CompletionStage<T>> body, TaskOptions options) {
        super(loop, options);
        this.body = Objects.requireNonNull(body, "body");
    }

    @Override
    public void run() {
        var toStart = body;
        try {
            if (toStart != null) {
                body = null;
                begin(toStart);
            } else if (chain != null) {
                end(chain);
            }
        } catch (Throwable failure) {
            endExceptionally(failure);
        }
    }

    private void begin(Supplier<? extends CompletionStage<T>> toStart) {
        var cancelled = takeCancellation(null);
        if (cancelled != null) {
            endExceptionally(cancelled);
            return;
        }
        var stage = toStart.get();
        if (stage == null) {
            throw new NullPointerException("the body of " + getName() + " returned null in place of a stage");
        }
        var made = ForeignStage.onLoop(loop, stage);
        if (made == this) {
            throw new IllegalStateException(this + " cannot wait for itself");
        }
        if (made.isDone()) {
            // Nothing was waited for, so an undelivered request does not go before a failure (S45).
            endAs(made);
        } else {
            chain = made;
            waitOn(made);
        }
    }

    private void end(LoopFuture<T> ended) {
        chain = null;
        var cancelled = endWait(ended);
        if (cancelled == null) {
            endAs(ended);
        } else {
            endExceptionally(cancelled);
        }
    }

    private void endAs(LoopFuture<T> ended) {
        var failure = ended.failureOrNull();
        if (failure == null) {
            endNormally(ended.takeResult());
        } else {
            endExceptionally(failure);
        }
    }

    @Override
    void abandon() {
        body = null;
        endExceptionally(Failures.cancellation("the event loop was closed"));
    }
}
