package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A body that the loop runs, and the future of its result (asyncio's {@code Task}).
 *
 * <p>There are three kinds of body, and all are tasks alike: direct style ({@link Asyncio#createTask(Coroutine)}), a chain
 * of stages ({@link Asyncio#createStageTask}) and a Kotlin coroutine. The loop keeps a task alive until it has ended (S34).
 *
 * <p><b>Cancellation</b> is a request, counted by {@link #cancelling()}. In a Java body it is delivered once, as a
 * {@link CancellationException} at the await (S39); a body may clean up, and may refuse by catching it and going on (S46).
 * In a Kotlin body it cancels the {@code Job}, which stays cancelled. A task that never started never runs (S43).
 *
 * <p>Thread rule: belongs to the loop. From other threads only {@link #cancel}, the state queries and the blocking
 * {@link #join} and {@link #get} are safe.
 *
 * @param <T> the type of the result
 */
public abstract class Task<T extends @Nullable Object> extends LoopFuture<T> {

    private static final AtomicLong COUNT = new AtomicLong();

    /** Links of {@link TaskRegistry}; the loop's. */
    @Nullable
    Task<?> earlier;

    @Nullable
    Task<?> later;

    private final long number = COUNT.incrementAndGet();
    private @Nullable String name;
    private @Nullable Context context;

    /** The library's own, and not worth a report if the loop is closed under it (S28). */
    boolean isInternal;

    /** Cancel requests that nobody has taken back (S51). The loop's. */
    private int requests;

    /** Creates a task that the loop knows of from now on. For runtimes. */
    protected Task(LoopRuntime loop, TaskOptions options) {
        super(loop);
        var given = options.context();
        name = options.name();
        context = given == null ? Context.capture() : given;
    }

    /** For runtimes: the loop keeps and lists this task until {@link #leave()}. */
    protected final void enter() {
        loop.services().tasks().add(this);
    }

    /** For runtimes: this task has ended. */
    protected final void leave() {
        loop.services().tasks().remove(this);
    }

    /** The name; {@code Task-N} if none was given. */
    public final String getName() {
        var given = name;
        return given == null ? "Task-" + number : given;
    }

    /** Changes the name. */
    public final void setName(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /** The context that the body runs in. */
    public final Context getContext() {
        var known = context;
        if (known == null) {
            known = new Context();
            context = known;
        }
        return known;
    }

    /** From now on the body runs in this very context. */
    final void runIn(Context changed) {
        context = changed;
    }

    /** How many cancel requests stand: {@link #cancel} adds one, {@link #uncancel} takes one back (S51). */
    public final int cancelling() {
        return requests;
    }

    /**
     * Takes one cancel request back. Whoever called {@link #cancel} and handles the {@link CancellationException} does
     * this, exactly once. When none is left, a request that was not delivered yet is dropped. A Kotlin body stays
     * cancelled nevertheless, since its {@code Job} does.
     *
     * @return how many are left
     */
    public final int uncancel() {
        if (requests > 0 && --requests == 0) {
            withdrawCancel();
        }
        return requests;
    }

    /** The count has come to zero: drop a request that was not delivered. */
    abstract void withdrawCancel();

    @Override
    @Nullable
    LoopFuture<?> passCancel(@Nullable String message) {
        requests++;
        return waitsFor();
    }

    /** The loop has been closed and the body cannot go on: end, so that no other thread waits for ever. */
    abstract void abandon();

    /** What the body waits for just now, as far as a cancel request may go there. */
    abstract @Nullable LoopFuture<?> waitsFor();

    /** Throws: a task ends by its body alone (S36). */
    @Override
    public final boolean complete(T value) {
        throw new UnsupportedOperationException("a task ends when its body ends: " + this + " cannot be completed");
    }

    /** Throws: a task ends by its body alone (S36). */
    @Override
    public final boolean completeExceptionally(Throwable exception) {
        throw new UnsupportedOperationException("a task ends when its body ends: use cancel() to stop " + this);
    }

    /** Throws: a task ends by its body alone. */
    @Override
    public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        throw new UnsupportedOperationException("a task ends when its body ends: " + this + " cannot be completed");
    }

    /** Throws: a task ends by its body alone. */
    @Override
    public final CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("a task ends when its body ends: use waitFor(task, timeout)");
    }

    /** Throws: a task ends by its body alone. */
    @Override
    public final CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("a task ends when its body ends: use waitFor(task, timeout)");
    }

    @Override
    public String toString() {
        return "Task[" + getName() + ", " + describeState() + "]";
    }

    private String describeState() {
        if (!isDone()) {
            return requests > 0 ? "cancelling" : "pending";
        }
        if (isCancelled()) {
            return "cancelled";
        }
        return isCompletedExceptionally() ? "failed" : "done";
    }
}
