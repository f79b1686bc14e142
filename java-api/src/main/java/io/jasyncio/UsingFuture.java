package io.jasyncio;

import io.jasyncio.spi.CompletionListener;
import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Resources#usingStage} returns: enters, calls the body, leaves, and waits in between. Its steps run where the
 * stage that it waits for ends, on the loop, as the functions of {@code thenCompose} do.
 */
final class UsingFuture<R extends @Nullable Object, T extends @Nullable Object> extends LoopFuture<T>
        implements CompletionListener {

    private final AsyncResource<R> resource;
    private final Function<? super R, ? extends CompletionStage<T>> body;

    private @Nullable Entering<R> entering;

    /** What the next step waits for, and what it is; both null while a step runs. */
    private @Nullable LoopFuture<?> waitingOn;

    private @Nullable Step next;

    /** A request that found nothing to cancel, and is delivered at the next step (S42). */
    private @Nullable CancellationException cancelled;

    /** What is done after a wait. It is told how the wait has failed, if it has. */
    @FunctionalInterface
    private interface Step {
        void run(@Nullable Throwable failure);
    }

    UsingFuture(LoopRuntime loop, AsyncResource<R> resource, Function<? super R, ? extends CompletionStage<T>> body) {
        super(loop);
        this.resource = resource;
        this.body = body;
    }

    LoopFuture<T> start() {
        Entering<R> begun;
        try {
            begun = Entering.start(loop, resource);
        } catch (Throwable failure) {
            fail(failure);
            return this;
        }
        entering = begun;
        await(begun, failure -> entered(begun, failure));
        return this;
    }

    // ---- The steps -------------------------------------------------------------------------------------------------

    private void entered(Entering<R> ended, @Nullable Throwable failure) {
        if (failure == null) {
            callBody(ended.takeResult());
        } else if (ended.giveUp() || ended.isCompletedExceptionally()) {
            fail(failure);
        } else {
            exit(ended.takeResult(), null, failure);
        }
    }

    private void callBody(R entered) {
        LoopFuture<T> running;
        try {
            running = ForeignStage.onLoop(loop, Resources.requireStage(body.apply(entered), "the body with", resource));
        } catch (Throwable failure) {
            exit(entered, null, failure);
            return;
        }
        await(running, failure -> exit(entered, failure == null ? running.takeResult() : null, failure));
    }

    private void exit(R entered, @Nullable T value, @Nullable Throwable failure) {
        LoopFuture<@Nullable Void> leaving;
        try {
            leaving = ForeignStage.onLoop(loop, Resources.exit(resource, entered, failure));
        } catch (Throwable ofExit) {
            end(value, failure, ofExit);
            return;
        }
        await(leaving, ofExit -> end(value, failure, ofExit));
    }

    private void end(@Nullable T value, @Nullable Throwable failure, @Nullable Throwable ofExit) {
        if (failure != null && ofExit != null) {
            Resources.suppress(failure, ofExit);
        }
        var first = failure == null ? ofExit : failure;
        if (first == null) {
            finish(value);
        } else {
            fail(first);
        }
    }

    // ---- Waiting ---------------------------------------------------------------------------------------------------

    private void await(LoopFuture<?> future, Step step) {
        waitingOn = future;
        next = step;
        var request = cancelled;
        if (request != null && future.cancel(request.getMessage())) {
            cancelled = null;
        }
        future.addListener(this);
    }

    @Override
    public void completed(LoopFuture<?> future) {
        if (loop.isCurrent()) {
            proceed(future);
        } else {
            loop.schedule(() -> proceed(future));
        }
    }

    private void proceed(LoopFuture<?> ended) {
        var step = next;
        if (waitingOn != ended || step == null) {
            // The wait was broken off before.
            return;
        }
        waitingOn = null;
        next = null;
        var failure = ended.isDone() ? ended.failureOrNull() : null;
        if (failure == null) {
            failure = cancelled;
        }
        cancelled = null;
        step.run(failure);
    }

    @Override
    @Nullable
    LoopFuture<?> endsWith() {
        return entering;
    }

    // ---- Cancellation ----------------------------------------------------------------------------------------------

    @Override
    @Nullable
    LoopFuture<?> passCancel(@Nullable String message) {
        return waitingOn;
    }

    @Override
    boolean cancelHere(@Nullable String message) {
        cancelled = Failures.cancellation(message);
        return true;
    }

    @Override
    boolean breakWait(@Nullable String message) {
        var broken = waitingOn;
        if (broken != null) {
            loop.schedule(() -> proceed(broken));
        }
        return cancelHere(message);
    }
}
