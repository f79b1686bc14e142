package io.jasyncio.iteration;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopBinding;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Stepper;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a sequence as far as it is wanted, and closes it at the end, by a failure too. A state machine, so that
 * elements that are there already are a loop and not a recursion.
 *
 * @param <S> the type of the elements
 * @param <R> the type of what comes out
 */
abstract class Traversal<S extends @Nullable Object, R extends @Nullable Object> implements Stepper<R> {

    final LoopRuntime loop;
    private final AsyncIterator<S> source;

    /** The question for the next element; null if none is open. */
    private @Nullable LoopFuture<Boolean> asked;

    /** What is done with an element just now; null if nothing. */
    private @Nullable LoopFuture<?> working;

    private boolean atEnd;
    private @Nullable LoopFuture<?> closing;
    private @Nullable Throwable failure;

    Traversal(AsyncIterator<S> source) {
        this.loop = LoopBinding.current("asyncIterator");
        this.source = source;
    }

    // ---- What is done with the elements ----------------------------------------------------------------------------

    /** Begins to work on an element; returns what it has to wait for, if anything. */
    abstract @Nullable CompletionStage<?> accept(S element) throws Exception;

    /** The work on the element has ended; {@code outcome.result()} says how. */
    void accepted(LoopFuture<?> outcome) throws Exception {
        outcome.result();
    }

    /** Something to do before the next element is asked for; null as a rule. */
    @Nullable
    CompletionStage<?> beforeAsking() {
        return null;
    }

    /** Whether to stop here for now. */
    boolean isSatisfied() {
        return atEnd;
    }

    /** No more elements are wanted, or there are none. */
    final void finish() {
        atEnd = true;
    }

    final boolean isAtEnd() {
        return atEnd;
    }

    /** Gives back what the traversal holds. */
    CompletionStage<@Nullable Void> closeSource() {
        return source.closeAsync();
    }

    /** The stage that a function of the user's has returned. */
    static <V extends @Nullable Object> CompletionStage<V> requireStage(
            @Nullable CompletionStage<V> stage, String function) {
        if (stage == null) {
            throw new NullPointerException("the function of " + function + " returned null in place of a stage");
        }
        return stage;
    }

    // ---- The machine -----------------------------------------------------------------------------------------------

    @Override
    public @Nullable CompletionStage<?> step(@Nullable CancellationException cancelled) throws Exception {
        if (closing == null) {
            try {
                if (cancelled != null) {
                    throw cancelled;
                }
                var awaited = advance();
                if (awaited != null || !atEnd) {
                    return awaited;
                }
            } catch (Throwable thrown) {
                failure = thrown;
                atEnd = true;
            }
            closing = close();
            return closing;
        }
        endClosing(closing, cancelled);
        return null;
    }

    /** Goes on until it must wait or is satisfied. */
    private @Nullable LoopFuture<?> advance() throws Exception {
        while (true) {
            if (working != null) {
                if (!working.isDone()) {
                    return working;
                }
                var ended = working;
                working = null;
                accepted(ended);
            } else if (asked != null) {
                if (!asked.isDone()) {
                    return asked;
                }
                takeAnswer(asked);
            } else if (isSatisfied()) {
                return null;
            } else {
                work(beforeAsking());
                if (working == null) {
                    asked = loop.services().futureOf(source.hasNextAsync());
                }
            }
        }
    }

    private void takeAnswer(LoopFuture<Boolean> answer) throws Exception {
        asked = null;
        if (answer.result()) {
            work(accept(source.next()));
        } else {
            finish();
        }
    }

    /** This goes on when a stage has ended, if there is one. */
    final void work(@Nullable CompletionStage<?> stage) {
        working = stage == null ? null : loop.services().futureOf(stage);
    }

    private LoopFuture<?> close() {
        try {
            return loop.services().futureOf(closeSource());
        } catch (Throwable failed) {
            return loop.services().failed(failed);
        }
    }

    /** The first failure goes before what else goes wrong. */
    private void endClosing(LoopFuture<?> closed, @Nullable CancellationException cancelled) {
        try {
            closed.result();
            if (cancelled != null) {
                throw cancelled;
            }
        } catch (Throwable failed) {
            if (failure == null) {
                failure = failed;
            } else if (failure != failed) {
                failure.addSuppressed(failed);
            }
        }
        if (failure != null) {
            throw Sneaky.unchecked(failure);
        }
    }
}
