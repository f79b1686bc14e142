package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the methods of {@link CompletableFuture} mean on a loop: dependents belong to the loop and know what they wait for,
 * {@code Async} without an executor means the loop, and timeouts are the loop's timers. The part of {@link LoopFuture} that
 * asyncio does not have.
 */
abstract class LoopStage<T extends @Nullable Object> extends CompletableFuture<T> {

    final LoopRuntime loop;

    LoopStage(LoopRuntime loop) {
        this.loop = loop;
    }

    /** A failure of this is in somebody's hands. */
    abstract void markRetrieved();

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        markRetrieved();
        var dependent = new DependentFuture<U>(loop, this).hook();
        if (isDone() && loop.isCurrent()) {
            loop.services().unsettled().add(dependent);
        }
        return dependent;
    }

    /** A dependent whose cancellation reaches whatever stage the function returns. */
    @Override
    public <U extends @Nullable Object> CompletableFuture<U> thenCompose(
            Function<? super T, ? extends CompletionStage<U>> fn) {
        var tracked = new ComposedStage<T, U>(fn);
        return tracked.attachTo(super.thenCompose(tracked));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> fn) {
        return thenComposeAsync(fn, defaultExecutor());
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
        var tracked = new ComposedStage<T, U>(fn);
        return tracked.attachTo(super.thenComposeAsync(tracked, executor));
    }

    /** A dependent whose cancellation reaches whatever stage the function returns. */
    @Override
    public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> fn) {
        var tracked = new ComposedStage<Throwable, T>(fn);
        return tracked.attachTo(super.exceptionallyCompose(tracked));
    }

    @Override
    public CompletableFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn) {
        return exceptionallyComposeAsync(fn, defaultExecutor());
    }

    @Override
    public CompletableFuture<T> exceptionallyComposeAsync(
            Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor) {
        var tracked = new ComposedStage<Throwable, T>(fn);
        return tracked.attachTo(super.exceptionallyComposeAsync(tracked, executor));
    }

    /** The loop. */
    @Override
    public Executor defaultExecutor() {
        return loop;
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        Objects.requireNonNull(supplier, "supplier");
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable failed) {
                completeExceptionally(failed);
            }
        });
        return this;
    }

    /** Not on a loop: a future ends once (S21). */
    @Override
    public void obtrudeValue(T value) {
        throw new UnsupportedOperationException("a LoopFuture ends once; its result cannot be replaced");
    }

    /** Not on a loop: a future ends once (S21). */
    @Override
    public void obtrudeException(Throwable exception) {
        throw new UnsupportedOperationException("a LoopFuture ends once; its result cannot be replaced");
    }

    // ---- Dependents of two stages ----------------------------------------------------------------------------------

    private <D extends CompletableFuture<?>> D alsoOf(CompletionStage<?> other, D dependent) {
        if (dependent instanceof DependentFuture<?> ours) {
            ours.alsoWaitFor(other);
        }
        return dependent;
    }

    @Override
    public <U extends @Nullable Object, V extends @Nullable Object> CompletableFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> action) {
        return alsoOf(other, super.thenCombine(other, action));
    }

    @Override
    public <U extends @Nullable Object, V extends @Nullable Object> CompletableFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> action) {
        return thenCombineAsync(other, action, defaultExecutor());
    }

    @Override
    public <U extends @Nullable Object, V extends @Nullable Object> CompletableFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other,
            BiFunction<? super T, ? super U, ? extends V> action,
            Executor executor) {
        return alsoOf(other, super.thenCombineAsync(other, action, executor));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return alsoOf(other, super.thenAcceptBoth(other, action));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return thenAcceptBothAsync(other, action, defaultExecutor());
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action, Executor executor) {
        return alsoOf(other, super.thenAcceptBothAsync(other, action, executor));
    }

    @Override
    public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
        return alsoOf(other, super.runAfterBoth(other, action));
    }

    @Override
    public CompletableFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action) {
        return runAfterBothAsync(other, action, defaultExecutor());
    }

    @Override
    public CompletableFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action, Executor executor) {
        return alsoOf(other, super.runAfterBothAsync(other, action, executor));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> applyToEither(
            CompletionStage<? extends T> other, Function<? super T, U> action) {
        return alsoOf(other, super.applyToEither(other, action));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> action) {
        return applyToEitherAsync(other, action, defaultExecutor());
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> action, Executor executor) {
        return alsoOf(other, super.applyToEitherAsync(other, action, executor));
    }

    @Override
    public CompletableFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return alsoOf(other, super.acceptEither(other, action));
    }

    @Override
    public CompletableFuture<Void> acceptEitherAsync(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return acceptEitherAsync(other, action, defaultExecutor());
    }

    @Override
    public CompletableFuture<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
        return alsoOf(other, super.acceptEitherAsync(other, action, executor));
    }

    @Override
    public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
        return alsoOf(other, super.runAfterEither(other, action));
    }

    @Override
    public CompletableFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action) {
        return runAfterEitherAsync(other, action, defaultExecutor());
    }

    @Override
    public CompletableFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action, Executor executor) {
        return alsoOf(other, super.runAfterEitherAsync(other, action, executor));
    }

    // ---- Timeouts --------------------------------------------------------------------------------------------------

    /** Fails this with a {@link TimeoutException} when the time is over. What it waits for goes on. */
    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        after(timeout, unit, () -> completeExceptionally(new TimeoutException()));
        return this;
    }

    /** Completes this with a value when the time is over. What it waits for goes on. */
    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        after(timeout, unit, () -> complete(value));
        return this;
    }

    /** The JDK would complete this on a thread and a clock of its own. */
    private void after(long timeout, TimeUnit unit, Runnable action) {
        var delay = Duration.of(timeout, Objects.requireNonNull(unit, "unit").toChronoUnit());
        if (loop.isCurrent()) {
            startTimer(delay, action);
        } else {
            loop.execute(() -> startTimer(delay, action));
        }
    }

    private void startTimer(Duration delay, Runnable action) {
        if (!isDone()) {
            var timer = loop.callLater(delay, action);
            whenEnded(timer::cancel);
        }
    }

    /**
     * For the runtime: does something on the loop when this has ended, at once if that is where it ends. Unlike a callback, it does not
     * count as somebody who depends on this: the cancellation of the only dependent stage is passed on all the same.
     */
    public abstract void whenEnded(Runnable action);
}
