package io.jasyncio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The function of {@code thenCompose}, which remembers the stage it returned: from then on the dependent waits for that
 * stage and a cancel request must go there.
 */
final class ComposedStage<T extends @Nullable Object, U extends @Nullable Object>
        implements Function<T, CompletionStage<U>> {

    private final Function<? super T, ? extends CompletionStage<U>> function;
    private @Nullable CompletionStage<U> inner;
    private @Nullable DependentFuture<U> dependent;

    ComposedStage(Function<? super T, ? extends CompletionStage<U>> function) {
        this.function = java.util.Objects.requireNonNull(function, "fn");
    }

    @Override
    public CompletionStage<U> apply(T value) {
        var stage = function.apply(value);
        if (stage instanceof LoopStage<?> ours) {
            // In the dependent's hands from now on; the JDK reads it in a way that we do not see.
            ours.markRetrieved();
        }
        synchronized (this) {
            inner = stage;
            link();
        }
        return stage;
    }

    /** Called once the dependent is known, which may be before or after the function has run. */
    synchronized CompletableFuture<U> attachTo(CompletableFuture<U> stage) {
        if (stage instanceof DependentFuture<U> ours) {
            dependent = ours;
            link();
        }
        return stage;
    }

    private void link() {
        if (inner != null && dependent != null) {
            dependent.waitFor(inner);
        }
    }
}
