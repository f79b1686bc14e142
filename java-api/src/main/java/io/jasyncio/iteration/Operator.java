package io.jasyncio.iteration;

import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that makes its elements of those of another one. Whatever a function of the user's throws comes out of
 * the question for the next element; the operator has then ended, and its source is closed.
 */
abstract class Operator<S extends @Nullable Object, T extends @Nullable Object> extends Traversal<S, Boolean>
        implements AsyncIterator<T> {

    private boolean found;
    private @Nullable T element;

    /** Somebody waits for the next element. */
    private boolean asked;

    Operator(AsyncIterator<S> source) {
        super(source);
    }

    /** This is the next element. */
    final void emit(T next) {
        element = next;
        found = true;
    }

    @Override
    boolean isSatisfied() {
        return found || isAtEnd();
    }

    @Override
    public final CompletionStage<Boolean> hasNextAsync() {
        requireNobodyWaits("hasNextAsync");
        if (found || isAtEnd()) {
            return loop.services().answer(found);
        }
        try {
            var waiting = loop.services().goOn(this);
            return waiting == null ? loop.services().answer(found) : waiting;
        } catch (Throwable failure) {
            return loop.services().failed(failure);
        }
    }

    private void requireNobodyWaits(String method) {
        if (asked) {
            throw new IllegalStateException(
                    method + "() was called while somebody waits for the next element of this iterator");
        }
    }

    @Override
    public final @Nullable CompletionStage<?> step(@Nullable CancellationException cancelled) throws Exception {
        asked = true;
        var waits = false;
        try {
            var awaited = super.step(cancelled);
            waits = awaited != null;
            return awaited;
        } finally {
            asked = waits;
        }
    }

    @Override
    public final Boolean result() {
        return found;
    }

    @Override
    public final T next() {
        if (!found) {
            throw new NoSuchElementException("there is no next element: ask hasNextAsync() first");
        }
        var next = element;
        element = null;
        found = false;
        return next;
    }

    @Override
    public final CompletionStage<@Nullable Void> closeAsync() {
        requireNobodyWaits("closeAsync");
        finish();
        found = false;
        element = null;
        return closeSource();
    }
}
