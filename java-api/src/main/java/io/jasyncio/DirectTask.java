package io.jasyncio;

import io.jasyncio.internal.fiber.Fiber;
import io.jasyncio.internal.fiber.FiberBody;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.ReadyItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A task whose body is written in direct style: it stops inside {@link #await} and a later step lets it go on. */
class DirectTask<T extends @Nullable Object> extends SteppingTask<T> implements FiberBody {

    /** How many tasks may stand on one stack: enough for nested calls, too few to overflow it. */
    private static final int MAX_DEPTH = 32;

    /** null once the body has started. */
    private @Nullable Coroutine<T> body;

    private @Nullable Fiber fiber;

    /** A task that runs on this one's stack, because this one waits for it; see {@link #waitInPlace}. */
    private @Nullable DirectTask<?> nested;

    /** How many tasks stand on the stack below this one. */
    private int depth;

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
            if (endIfCancelledBeforeStart()) {
                return;
            }
            running = newFiber();
            if (running == null) {
                return;
            }
            fiber = running;
        }
        var outer = loop.services().mount(this);
        running.resume();
        loop.services().mount(outer);
    }

    /** Null if there is none to be had, which is then the task's failure. */
    private @Nullable Fiber newFiber() {
        try {
            return loop.services().fibers().newFiber(this);
        } catch (Throwable notToBeHad) {
            body = null;
            endExceptionally(notToBeHad);
            return null;
        }
    }

    private boolean endIfCancelledBeforeStart() {
        var cancelled = takeCancellation(null);
        if (cancelled != null) {
            body = null;
            endExceptionally(cancelled);
        }
        return cancelled != null;
    }

    /** In the fiber. Whatever the body throws, an Error too, is the task's failure (S37). */
    @Override
    public void runBody() {
        var toRun = body;
        body = null;
        if (toRun == null) {
            return;
        }
        try {
            var value = toRun.run();
            if (value instanceof CompletionStage && loop.isDebug()) {
                loop.services()
                        .logWarning("the body of " + this
                                + " returned a stage, which nobody has awaited: is an await(...) missing?");
            }
            endNormally(value);
        } catch (Throwable failure) {
            endExceptionally(failure);
        }
    }

    /** In the fiber: runs an action that may resume other fibers. */
    void runOutside(Runnable action) {
        Objects.requireNonNull(fiber).runOutside(() -> {
            var outer = loop.services().mount(null);
            try {
                action.run();
            } finally {
                loop.services().mount(outer);
            }
        });
    }

    /** In the fiber: stands still until somebody runs the next step, without a future that would bring it. */
    final void pause() {
        requireNotAbandoned();
        Objects.requireNonNull(fiber).suspend();
        requireNotAbandoned();
    }

    private void requireNotAbandoned() {
        if (abandoned) {
            throw new LoopClosedError(this);
        }
    }

    /** In the fiber: throws for a cancel request that found nothing to cancel. */
    final void deliverCancel() {
        var cancelled = takeCancellation(null);
        if (cancelled != null) {
            throw Failures.sneaky(translate(cancelled));
        }
    }

    /** The body has blocked in its own way and can go on: not a step of ours, but still on behalf of this task. */
    @Override
    public void continueLater(Runnable continuation) {
        loop.schedule(new Continuation(innermost(), continuation));
    }

    /** In the fiber: waits for a stage. */
    <V extends @Nullable Object> V await(CompletionStage<V> stage) {
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
        requireNotAbandoned();
        waitOn(future);
        if (!waitInPlace(future)) {
            Objects.requireNonNull(fiber).suspend();
        }
        var cancelled = endWait(future);
        requireNotAbandoned();
        if (cancelled != null) {
            throw Failures.sneaky(translate(cancelled));
        }
    }

    /**
     * Waits without leaving the stack, where the loop would come straight back to this body: its own wake-up is next, or
     * the first step of the very task that it waits for. That task then runs as a call would. Should it wait itself, both
     * stand still together, and rightly so: a task that awaits another one never goes on before the other has ended.
     *
     * <p>Saves a start and two switches; on the carriers that change threads for a switch, that is nearly all the cost.
     *
     * @return false if this body must be suspended
     */
    private boolean waitInPlace(LoopFuture<?> future) {
        while (true) {
            var next = loop.peekNext();
            if (next == this) {
                loop.takeNext();
                return true;
            }
            if (next == future && next instanceof YieldFuture<?> yielded && yielded.carries(this)) {
                loop.takeNext();
                yielded.end();
                return true;
            }
            if (next != null && future instanceof WaitFuture<?> waiting && waiting.isTurn(next)) {
                loop.takeNext();
                if (waiting.takeTurnInPlace(this)) {
                    return true;
                }
                continue;
            }
            if (next != future || !(next instanceof DirectTask<?> child) || !child.canRunOn(this)) {
                return false;
            }
            loop.takeNext();
            runNested(child);
        }
    }

    private boolean canRunOn(DirectTask<?> host) {
        return fiber == null && !isDone() && host.depth < MAX_DEPTH;
    }

    private void runNested(DirectTask<?> child) {
        if (child.endIfCancelledBeforeStart()) {
            return;
        }
        child.fiber = fiber;
        child.depth = depth + 1;
        nested = child;
        child.runBody();
        nested = null;
    }

    private DirectTask<?> innermost() {
        DirectTask<?> task = this;
        for (var below = task.nested; below != null; below = task.nested) {
            task = below;
        }
        return task;
    }

    /** The body goes on with an error, so that its finally blocks run. */
    @Override
    void abandon() {
        if (nested != null && !nested.isDone()) {
            nested.abandon();
        }
        if (isDone()) {
            return;
        }
        abandoned = true;
        if (fiber != null) {
            loop.runInline(this);
        } else {
            body = null;
            endExceptionally(Failures.cancellation("the event loop was closed"));
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
        var open = scopes;
        if (open != null) {
            open.remove(open.lastIndexOf(scope));
        }
    }

    /** What a cancellation at an await means by the resource scopes that the body is in. */
    Throwable translate(CancellationException cancelled) {
        var open = scopes;
        if (open != null) {
            var innerRequests = 0;
            for (var i = open.size() - 1; i >= 0; i--) {
                var meant = open.get(i).translate(cancelled, innerRequests);
                if (meant != null) {
                    return meant;
                }
                innerRequests += open.get(i).requests();
            }
        }
        return cancelled;
    }

    /** The entry of the ready queue for a body that blocked in its own way. */
    private record Continuation(DirectTask<?> task, Runnable continuation) implements ReadyItem {

        @Override
        public void run() {
            var outer = task.loop.services().mount(task);
            continuation.run();
            task.loop.services().mount(outer);
        }

        @Override
        public Context getContext() {
            return task.getContext();
        }
    }
}
