package io.jasyncio;

import io.jasyncio.spi.CompletionListener;
import io.jasyncio.spi.LoopRuntime;
import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What {@code thenApply} and its kin return: a stage that {@link CompletableFuture} itself completes when its source has
 * ended. It adds two things that the JDK does not give: listeners (the JDK completes a dependent without calling any
 * method that could be overridden), and the way back to the source for a cancel request.
 */
final class DependentFuture<T extends @Nullable Object> extends LoopFuture<T> {

    /**
     * What this waits for, or null. Weak, since in a chain that is prolonged for ever each link would keep the former
     * one; and a source that can still be completed is in the hands of somebody who will.
     */
    private volatile @Nullable WeakReference<CompletableFuture<?>> source;

    /** The thread that attaches the hook just now: the stage made on the way is no dependent of ours. */
    private volatile @Nullable Thread hooking;

    private volatile boolean hooked;

    /** The other stage of {@code thenCombine} and its kin, or null. */
    private volatile @Nullable WeakReference<CompletableFuture<?>> otherSource;

    DependentFuture(LoopRuntime loop, CompletableFuture<?> source) {
        super(loop);
        this.source = source.isDone() ? null : new WeakReference<>(source);
    }

    /** This waits for another stage from now on: the one that the function of {@code thenCompose} returned. */
    void waitFor(CompletionStage<?> stage) {
        source = referenceTo(stage);
    }

    void alsoWaitFor(CompletionStage<?> stage) {
        otherSource = referenceTo(stage);
    }

    private static @Nullable WeakReference<CompletableFuture<?>> referenceTo(CompletionStage<?> stage) {
        return stage instanceof CompletableFuture<?> future && !future.isDone() ? new WeakReference<>(future) : null;
    }

    @Override
    public boolean addListener(CompletionListener listener) {
        var first = super.addListener(listener);
        if (first) {
            hook();
        }
        return first;
    }

    /** Runs once: only one listener can be the first. */
    private void hook() {
        if (hooked) {
            return;
        }
        hooking = Thread.currentThread();
        try {
            // Returns a plain future, because of the override below, which nobody keeps.
            whenComplete((value, exception) -> fire());
        } finally {
            hooking = null;
            hooked = true;
        }
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return hooking == Thread.currentThread() ? new CompletableFuture<>() : super.newIncompleteFuture();
    }

    @Override
    @Nullable
    Throwable failureOrNull() {
        markRetrieved();
        if (!isCompletedExceptionally()) {
            return null;
        }
        // The only way to read an exception without a wrapper that every Java version knows.
        var found = new Throwable[1];
        hooking = Thread.currentThread();
        try {
            whenComplete((value, exception) -> found[0] = exception);
        } finally {
            hooking = null;
        }
        return found[0] == null ? null : Failures.unwrap(found[0]);
    }

    /** Also true for a stage that inherited a cancellation, which the JDK counts as an ordinary failure. */
    @Override
    public boolean isCancelled() {
        return super.isCancelled() || failureOrNull() instanceof CancellationException;
    }

    @Override
    @Nullable LoopFuture<?> passCancel(@Nullable String message) {
        var only = otherSource == null ? toCancel(source) : null;
        return only instanceof LoopFuture<?> future ? future : null;
    }

    /** The end of the way for a request, or a fork of it. */
    @Override
    boolean cancelHere(@Nullable String message) {
        var first = toCancel(source);
        var second = toCancel(otherSource);
        var passed = cancel(first, message) | cancel(second, message);
        // A task takes its time to end, and this ends with it; whatever cannot pass the request on ends now.
        return isDone() || passed || super.cancelHere(message);
    }

    private static boolean cancel(@Nullable CompletableFuture<?> future, @Nullable String message) {
        if (future instanceof LoopFuture<?> ours) {
            return ours.cancel(message);
        }
        return future != null && future.cancel(false);
    }

    /** A source, if a cancel request may go there: it has not ended, and nothing else depends on it. */
    private static @Nullable CompletableFuture<?> toCancel(@Nullable WeakReference<CompletableFuture<?>> reference) {
        var future = reference == null ? null : reference.get();
        if (future == null || future.isDone()) {
            return null;
        }
        return dependentsOf(future) > 1 ? null : future;
    }

    private static int dependentsOf(CompletableFuture<?> future) {
        var stages = future.getNumberOfDependents();
        if (future instanceof DependentFuture<?> dependent && dependent.hooked) {
            stages--;
        }
        return future instanceof LoopFuture<?> ours ? stages + ours.listenerCount() : stages;
    }
}
