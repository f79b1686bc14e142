package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gather} returns (S74-S77).
 *
 * @param <T> the type of the values
 * @param <R> the type of an element of the result: a value, or an outcome
 */
abstract class Gathering<T extends @Nullable Object, R extends @Nullable Object> extends LoopFuture<List<R>> {

    /** One for each argument; the same future may stand at several places. */
    private final List<LoopFuture<T>> children = new ArrayList<>();

    private final Set<LoopFuture<T>> distinct = new LinkedHashSet<>();
    private int unfinished;
    private boolean cancelRequested;

    /** A request is on its way to the children. */
    private boolean cancelling;

    private @Nullable CancellationException lastCancellation;

    Gathering(LoopRuntime loop) {
        super(loop);
    }

    final LoopFuture<List<R>> start(Collection<? extends CompletionStage<? extends T>> stages) {
        var wrapped = new LinkedHashMap<CompletionStage<? extends T>, LoopFuture<T>>();
        for (var stage : stages) {
            var child = wrapped.computeIfAbsent(stage, this::onLoop);
            children.add(child);
            distinct.add(child);
        }
        unfinished = distinct.size();
        if (children.isEmpty()) {
            finish(List.of());
        }
        var ended = new ArrayList<LoopFuture<T>>();
        for (var child : distinct) {
            if (child.isDone()) {
                ended.add(child);
            } else {
                child.addDoneCallback(this::childEnded, null);
            }
        }
        // Not through the ready queue: where all have ended, an await does not suspend (S24).
        ended.forEach(this::childEnded);
        return this;
    }

    /** A stage is read only, so its type may be widened. */
    @SuppressWarnings("unchecked")
    private LoopFuture<T> onLoop(CompletionStage<? extends T> stage) {
        return ForeignStage.onLoop(loop, (CompletionStage<T>) stage);
    }

    private void childEnded(LoopFuture<T> child) {
        unfinished--;
        var failure = child.failureOrNull();
        if (failure instanceof CancellationException cancelled) {
            lastCancellation = cancelled;
        }
        if (isDone()) {
            return;
        }
        if (failure != null && endsAtOnce()) {
            fail(failure);
        } else if (unfinished == 0) {
            end();
        }
    }

    private void end() {
        if (cancelRequested) {
            var last = lastCancellation;
            fail(last == null ? new CancellationException() : last);
            return;
        }
        var results = new ArrayList<R>(children.size());
        children.forEach(child -> results.add(resultOf(child)));
        finish(Collections.unmodifiableList(results));
    }

    /** Whether the first failure is the failure of the whole. */
    abstract boolean endsAtOnce();

    abstract R resultOf(LoopFuture<T> child);

    /** Cancels all children; this ends when they have (S76). */
    @Override
    final boolean cancelHere(@Nullable String message) {
        if (cancelling) {
            // It has come round in a circle of tasks that wait for each other.
            return fail(Failures.cancellation(message));
        }
        cancelling = true;
        var accepted = false;
        for (var child : List.copyOf(distinct)) {
            accepted |= cancelChild(child, message);
        }
        cancelling = false;
        cancelRequested |= accepted;
        return accepted;
    }

    private boolean cancelChild(LoopFuture<T> child, @Nullable String message) {
        var nesting = loop.services().nesting();
        if (!nesting.enter()) {
            nesting.postpone(() -> cancelChild(child, message));
            return !child.isDone();
        }
        try {
            return child.cancel(message);
        } finally {
            nesting.leave();
        }
    }

    /** {@code gather(...)}: values, or the first failure. */
    static final class OfValues<T extends @Nullable Object> extends Gathering<T, T> {
        OfValues(LoopRuntime loop) {
            super(loop);
        }

        @Override
        boolean endsAtOnce() {
            return true;
        }

        @Override
        T resultOf(LoopFuture<T> child) {
            return child.takeResult();
        }
    }

    /** {@code gather(..., return_exceptions=True)}: how each ended (S77). */
    static final class OfOutcomes<T extends @Nullable Object> extends Gathering<T, Outcome<T>> {
        OfOutcomes(LoopRuntime loop) {
            super(loop);
        }

        @Override
        boolean endsAtOnce() {
            return false;
        }

        @Override
        Outcome<T> resultOf(LoopFuture<T> child) {
            var failure = child.failureOrNull();
            return failure == null ? new Outcome.Success<>(child.takeResult()) : new Outcome.Failure<>(failure);
        }
    }
}
