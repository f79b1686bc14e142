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

    /** Somebody has a dependent of this, or has asked for the result. */
    private volatile boolean looked;

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
        var future = ForeignStage.asFuture(stage);
        return future == null || future.isDone() ? null : new WeakReference<>(future);
    }

    /**
     * Learns of its own end. Called once, right after the creation, so that this comes first in the JDK's stack of
     * dependents and is told last: by then it is known whether anybody else was told.
     */
    DependentFuture<T> hook() {
        hooking = Thread.currentThread();
        try {
            // Returns a plain future, because of the override below, which nobody keeps.
            whenComplete((value, exception) -> ended(exception));
        } finally {
            hooking = null;
        }
        return this;
    }

    /**
     * Should the source have ended before, the JDK has completed this on the way to its owner without a word to the hook.
     * Does what the hook does, unless that has happened.
     */
    void settle() {
        if (isDone()) {
            ended(settledFailure());
        }
    }

    /** Whoever comes to listen must be told, if the hook was not. */
    @Override
    public boolean addListener(CompletionListener listener) {
        if (isDone()) {
            fire();
        }
        return super.addListener(listener);
    }

    private void ended(@Nullable Throwable exception) {
        if (exception != null) {
            failedBecause(Failures.unwrap(exception), looked);
        }
        fire();
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return hooking == Thread.currentThread() ? new CompletableFuture<>() : super.newIncompleteFuture();
    }

    @Override
    void markRetrieved() {
        looked = true;
        super.markRetrieved();
    }

    /** In the moment between the end and the hook, when the functions of dependents run, the JDK alone knows why. */
    @Override
    @Nullable
    Throwable failureOrNull() {
        var known = super.failureOrNull();
        return known == null ? settledFailure() : known;
    }

    /** Why this failed, from the JDK; null if it did not. */
    private @Nullable Throwable settledFailure() {
        if (!isCompletedExceptionally()) {
            return null;
        }
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
    @Nullable
    LoopFuture<?> passCancel(@Nullable String message) {
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
        return isDone() || passed || endAlone(message);
    }

    private boolean endAlone(@Nullable String message) {
        tellSource(source);
        tellSource(otherSource);
        return super.cancelHere(message);
    }

    private static void tellSource(@Nullable WeakReference<CompletableFuture<?>> reference) {
        if (reference != null && reference.get() instanceof LoopFuture<?> future && !future.isDone()) {
            future.dependentEndedAlone();
        }
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
        var dependents = future instanceof LoopFuture<?> ours ? ours.dependentCount() : future.getNumberOfDependents();
        return dependents > 1 ? null : future;
    }

    /** The hook is no dependent. */
    @Override
    int dependentCount() {
        return super.dependentCount() - 1;
    }
}
