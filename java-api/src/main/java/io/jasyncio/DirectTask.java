package io.jasyncio;

import io.jasyncio.internal.fiber.Fiber;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.ReadyItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A task whose body is written in direct style: it stops inside {@link #await} and a later step lets it go on. */
final class DirectTask<T extends @Nullable Object> extends SteppingTask<T> {

    /** null once the body has started. */
    private @Nullable Coroutine<T> body;

    private @Nullable Fiber fiber;

    /** The resource scopes that the body is in, outermost first; null as long as there was none. */
    private @Nullable List<AwaitScope> scopes;

    /** The loop was closed under the body's feet: it is to unwind, and must not wait any more. */
    private boolean abandoned;

    DirectTask(LoopRuntime loop, Coroutine<T> body, TaskOptions options) {
        super(loop, options);
        this.body = Objects.requireNonNull(body, "body");
    }

    /** One step: from the start or the last await to the next await or the end. */
    @Override
    public void run() {
        if (isDone()) {
            return;
        }
        var running = fiber;
        if (running == null) {
            var cancelled = takeCancellation(null);
            if (cancelled != null) {
                endExceptionally(cancelled);
                return;
            }
            running = loop.services().fibers().newFiber(this::runBody, this::continueLater);
            fiber = running;
        }
        running.resume();
    }

    /** In the fiber. Whatever the body throws, an Error too, is the task's failure (S37). */
    private void runBody() {
        var toRun = body;
        body = null;
        if (toRun == null) {
            return;
        }
        try {
            endNormally(toRun.run());
        } catch (Throwable failure) {
            endExceptionally(failure);
        }
    }

    /** The body has blocked in its own way and can go on: not a step of ours, but still on behalf of this task. */
    private void continueLater(Runnable continuation) {
        loop.schedule(new Continuation(this, continuation));
    }

    /** In the fiber: waits for a stage. */
    <V extends @Nullable Object> V await(CompletionStage<V> stage) {
        if (stage instanceof CompletableFuture<V> future && !(stage instanceof LoopFuture) && future.isDone()) {
            return ForeignStage.onLoop(loop, stage).takeResult();
        }
        return awaitFuture(ForeignStage.onLoop(loop, stage));
    }

    private <V extends @Nullable Object> V awaitFuture(LoopFuture<V> future) {
        if (!future.isDone()) {
            suspendOn(future);
        }
        var failure = future.failureOrNull();
        if (failure != null) {
            throw Failures.sneaky(failure instanceof CancellationException cancelled ? translate(cancelled) : failure);
        }
        return future.takeResult();
    }

    private void suspendOn(LoopFuture<?> future) {
        if (future == this) {
            throw new IllegalStateException(this + " cannot await itself");
        }
        if (abandoned) {
            throw new LoopClosedError(this);
        }
        waitOn(future);
        Objects.requireNonNull(fiber).suspend();
        var cancelled = endWait(future);
        if (abandoned) {
            throw new LoopClosedError(this);
        }
        if (cancelled != null) {
            throw Failures.sneaky(translate(cancelled));
        }
    }

    /** The loop has been closed: the body goes on with an exception, so that its finally blocks run. */
    void abandon() {
        abandoned = true;
        var waiting = fiber;
        if (waiting != null) {
            loop.runInline(this);
        } else {
            body = null;
        }
    }

    // ---- Resource scopes: what a cancellation means to a try-with-resources ----------------------------------------

    void enterScope(AwaitScope scope) {
        var open = scopes;
        if (open == null) {
            open = new ArrayList<>(2);
            scopes = open;
        }
        open.add(scope);
    }

    void leaveScope(AwaitScope scope) {
        if (scopes != null) {
            scopes.remove(scope);
        }
    }

    private Throwable translate(CancellationException cancelled) {
        var open = scopes;
        if (open != null) {
            for (var i = open.size() - 1; i >= 0; i--) {
                var meant = open.get(i).translate(cancelled);
                if (meant != null) {
                    return meant;
                }
            }
        }
        return cancelled;
    }

    /** The entry of the ready queue for a body that blocked in its own way. */
    private record Continuation(DirectTask<?> task, Runnable continuation) implements ReadyItem {

        @Override
        public void run() {
            continuation.run();
        }

        @Override
        public Context getContext() {
            return task.getContext();
        }
    }
}
