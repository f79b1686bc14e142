package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A resource on its way. In between, so that nothing that has been entered is given back by anybody but through
 * {@link AsyncResource#exitAsync}; and whatever comes when nobody waits for it any more is left at once.
 */
final class Entering<R extends @Nullable Object> extends LoopFuture<R> {

    private final AsyncResource<R> resource;
    private final LoopFuture<R> inner;

    private Entering(LoopRuntime loop, AsyncResource<R> resource, LoopFuture<R> inner) {
        super(loop);
        this.resource = resource;
        this.inner = inner;
    }

    /** Begins to enter. Throws what the resource throws. */
    static <R extends @Nullable Object> Entering<R> start(LoopRuntime loop, AsyncResource<R> resource) {
        var stage = Resources.requireStage(resource.enterAsync(), "the beginning of", resource);
        var entering = new Entering<>(loop, resource, ForeignStage.onLoop(loop, stage));
        entering.inner.addListener(ended -> entering.end(stage));
        return entering;
    }

    private void end(CompletionStage<R> stage) {
        var failure = inner.failureOrNull();
        if (failure == null) {
            take(inner.takeResult());
            return;
        }
        fail(failure);
        if (failure instanceof CancellationException && stage != inner) {
            // A foreign stage may not heed the cancellation of its view, or may have ended already when it came.
            stage.whenComplete((entered, failed) -> {
                if (failed == null) {
                    leave(entered);
                }
            });
        }
    }

    private void take(R entered) {
        if (!finish(entered)) {
            leave(entered);
        }
    }

    /** As a task of its own: the loop keeps it until it has ended, and it is heard of if it fails. Any thread. */
    private void leave(R entered) {
        var reason = new CancellationException("entered when nobody waited for it any more");
        Runnable leaving = () ->
                loop.createStageTask(() -> Resources.exit(resource, entered, reason), TaskOptions.DEFAULT.eager());
        if (loop.isCurrent()) {
            leaving.run();
        } else {
            loop.schedule(leaving);
        }
    }

    /** Nobody waits any more. Returns false if this has ended before. */
    boolean giveUp() {
        return fail(Failures.cancellation(null));
    }

    @Override
    LoopFuture<?> endsWith() {
        return inner;
    }

    @Override
    LoopFuture<?> passCancel(@Nullable String message) {
        return inner;
    }

    @Override
    boolean cancelHere(@Nullable String message) {
        return inner.cancel(message);
    }

    @Override
    boolean breakWait(@Nullable String message) {
        return fail(Failures.cancellation(message));
    }
}
