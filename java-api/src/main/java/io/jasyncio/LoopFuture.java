package io.jasyncio;

import io.jasyncio.spi.CompletionListener;
import io.jasyncio.spi.LoopRuntime;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * asyncio's {@code Future} that is a {@link CompletableFuture} too: a result that will be there some day, on a loop.
 *
 * <p>What differs from a plain {@code CompletableFuture}:
 *
 * <ul>
 *   <li>callbacks of {@link #addDoneCallback} never run inline but on the loop, in the order of registration (S22);
 *   <li>{@code …Async} methods without an executor run on the loop;
 *   <li>{@link #cancel} is a request that travels to the work: cancelling {@code task.thenApply(f)} cancels the task,
 *       unless something else depends on the task. A dependent ends when the work it waits for has ended;
 *   <li>{@link #join} and {@link #get} of an unfinished future on its own loop throw, since they could only dead-lock;
 *   <li>a failure that nobody ever looks at is reported to the loop's exception handler (S27).
 * </ul>
 *
 * <p>Thread rule: any thread may complete or cancel it. Functions given to {@code thenApply} and its kin run where the
 * future is completed, as everywhere in {@code CompletableFuture}; awaiting tasks and done callbacks run on the loop.
 *
 * @param <T> the type of the result
 */
public class LoopFuture<T extends @Nullable Object> extends LoopStage<T> {

    /** In {@link #listeners} after the end: whoever comes now is told at once. */
    private static final Object FIRED = new Object();

    private static final VarHandle LISTENERS;
    private static final VarHandle FAILURE;

    static {
        try {
            var lookup = MethodHandles.lookup();
            LISTENERS = lookup.findVarHandle(LoopFuture.class, "listeners", Object.class);
            FAILURE = lookup.findVarHandle(LoopFuture.class, "failure", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** null | CompletionListener | ListenerLink | FIRED. Any thread, by compare-and-set only. */
    @SuppressWarnings("unused")
    private volatile @Nullable Object listeners;

    /** null | Throwable, retrieved | FailureTracker.Record, not retrieved yet. Written before the completion publishes it. */
    private volatile @Nullable Object failure;

    /** Dependents that were cancelled alone and that the JDK still counts. The loop's. */
    private int endedAlone;

    /** Creates a future for somebody to complete; see {@link EventLoop#createFuture()}. */
    protected LoopFuture(LoopRuntime loop) {
        super(loop);
    }

    /** The loop that this belongs to. */
    public final EventLoop getLoop() {
        return loop;
    }

    // ---- Completion ------------------------------------------------------------------------------------------------

    /** Completes with a value (asyncio's {@code set_result}); false if it had ended already. Any thread. */
    @Override
    public boolean complete(T value) {
        return finish(value);
    }

    /** Fails (asyncio's {@code set_exception}); false if it had ended already. Any thread. */
    @Override
    public boolean completeExceptionally(Throwable exception) {
        return fail(exception);
    }

    final boolean finish(T value) {
        if (!super.complete(value)) {
            return false;
        }
        fire();
        return true;
    }

    final boolean fail(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        // Claimed first, so that of two threads that fail this only one writes why. Nobody reads it before the end.
        var claim = isTracked(exception) ? loop.services().failures().track(this, exception) : exception;
        if (isDone() || !FAILURE.compareAndSet(this, null, claim) || !super.completeExceptionally(exception)) {
            return lost(claim);
        }
        fire();
        return true;
    }

    /** Somebody else has ended this, or is about to. */
    private boolean lost(Object claim) {
        FAILURE.compareAndSet(this, claim, null);
        if (claim instanceof FailureTracker.Record unused) {
            unused.retrieve();
        }
        while (!isDone()) {
            Thread.onSpinWait();
        }
        return false;
    }

    /** Whether it is worth a report if nobody looks. A dependent stage inherits the failure: it is in somebody's hands. */
    private boolean isTracked(Throwable exception) {
        return !(exception instanceof CancellationException)
                && !(exception instanceof LoopClosedError)
                && getNumberOfDependents() == 0;
    }

    /** For a dependent, which the JDK has completed: says why, unless somebody looks already. */
    final void failedBecause(Throwable exception, boolean looked) {
        if (failure == null) {
            failure = looked || !isTracked(exception)
                    ? exception
                    : loop.services().failures().track(this, exception);
        }
    }

    /** Tells everybody who waits. Runs once, in the thread that completed this. */
    final void fire() {
        var told = LISTENERS.getAndSet(this, FIRED);
        if (told instanceof SteppingTask<?> task) {
            if (!source().takesAlong(task)) {
                task.completed(this);
            }
        } else if (told instanceof CompletionListener others) {
            tell(others);
        }
    }

    /** What this ends with, wrapped in whatever many; a loop, since they may be a hundred thousand. */
    final LoopFuture<?> source() {
        LoopFuture<?> source = this;
        for (var inner = endsWith(); inner != null; inner = inner.endsWith()) {
            source = inner;
        }
        return source;
    }

    /** The future in whose end this ends, so that the same task goes on in it; null if there is none. */
    @Nullable
    LoopFuture<?> endsWith() {
        return null;
    }

    /** Whether the task that awaits this goes on within what runs now, and needs no entry of the ready queue. */
    boolean takesAlong(SteppingTask<?> task) {
        return false;
    }

    private void tell(CompletionListener listener) {
        if (!loop.isCurrent()) {
            listener.completed(this);
            return;
        }
        var nesting = loop.services().nesting();
        if (!nesting.enter()) {
            nesting.postpone(() -> tell(listener));
            return;
        }
        try {
            listener.completed(this);
        } finally {
            nesting.leave();
        }
    }

    // ---- Listeners and callbacks -----------------------------------------------------------------------------------

    /** For the runtime: a hook that is called at once in the completing thread. Returns whether it is the first one. */
    public boolean addListener(CompletionListener listener) {
        while (true) {
            var known = listeners;
            if (known == FIRED) {
                listener.completed(this);
                return false;
            }
            Object next = known == null ? listener : new ListenerLink(known, listener);
            if (LISTENERS.compareAndSet(this, known, next)) {
                return known == null;
            }
        }
    }

    /** For the runtime: takes a hook away again. Does nothing if it was called already. */
    public final void removeListener(CompletionListener listener) {
        removeListeners(candidate -> candidate == listener);
    }

    private int removeListeners(Predicate<CompletionListener> unwanted) {
        while (true) {
            var known = listeners;
            if (known == null || known == FIRED) {
                return 0;
            }
            var removed = new int[1];
            var rest = ListenerLink.without(known, unwanted, removed);
            if (removed[0] == 0 || LISTENERS.compareAndSet(this, known, rest)) {
                return removed[0];
            }
        }
    }

    /** How many tasks, callbacks, combinators and stages wait for this. */
    int dependentCount() {
        var known = listeners;
        var waiting = known == FIRED ? 0 : ListenerLink.count(known);
        return waiting + getNumberOfDependents() - endedAlone;
    }

    /** A dependent of this was cancelled while this goes on. */
    final void dependentEndedAlone() {
        endedAlone++;
    }

    /**
     * Calls back on the loop when this has ended, in the order of registration; at once through the ready queue if it has
     * ended already (S22). Runs in a copy of the current context.
     */
    public final void addDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        addDoneCallback(callback, Context.capture());
    }

    /** The same in a given context; null for an empty one. */
    public final void addDoneCallback(Consumer<? super LoopFuture<T>> callback, @Nullable Context context) {
        addListener(new DoneCallback<>(this, Objects.requireNonNull(callback, "callback"), context));
    }

    /**
     * Takes a callback away again, each time it was added.
     *
     * @return how many there were; 0 once this has ended, even if they have not run yet (S23)
     */
    public final int removeDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        return removeListeners(candidate -> candidate instanceof DoneCallback<?> done && done.calls(callback));
    }

    @Override
    public final void whenEnded(Runnable action) {
        addListener(new Bystander(loop, action));
    }

    // ---- The result ------------------------------------------------------------------------------------------------

    /**
     * The result, without waiting (S21).
     *
     * @return the value
     * @throws InvalidStateException if this has not ended
     * @throws CancellationException if it was cancelled
     * @throws Exception the original exception if it failed
     */
    public final T result() throws Exception {
        requireDone("result");
        return takeResult();
    }

    /**
     * The exception, without waiting; null if there is a value (S21).
     *
     * @throws InvalidStateException if this has not ended
     * @throws CancellationException if it was cancelled
     */
    public final @Nullable Throwable exception() {
        requireDone("exception");
        var exception = failureOrNull();
        if (exception instanceof CancellationException cancelled) {
            throw cancelled;
        }
        return exception;
    }

    private void requireDone(String what) {
        if (!isDone()) {
            throw new InvalidStateException(
                    "the " + what + " of " + this + " is not there yet: await it, or ask isDone() first");
        }
    }

    final T takeResult() {
        var exception = failureOrNull();
        if (exception != null) {
            throw Failures.sneaky(exception);
        }
        return super.join();
    }

    /** Why this failed or was cancelled, or null. Counts as looked at from now on. Only when this has ended. */
    @Nullable
    Throwable failureOrNull() {
        if (!isCompletedExceptionally()) {
            return null;
        }
        markRetrieved();
        return (Throwable) failure;
    }

    @Override
    void markRetrieved() {
        if (failure instanceof FailureTracker.Record record) {
            failure = record.retrieve();
        }
    }

    /** Waits for the result; off the loop only. Throws as {@link CompletableFuture#join()}. */
    @Override
    public T join() {
        beforeBlocking("join");
        return super.join();
    }

    /** Waits for the result; off the loop only. Throws as {@link CompletableFuture#get()}. */
    @Override
    public T get() throws InterruptedException, ExecutionException {
        beforeBlocking("get");
        return super.get();
    }

    /** Waits for the result for some time; off the loop only. Throws as {@link CompletableFuture#get(long, TimeUnit)}. */
    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        beforeBlocking("get");
        return super.get(timeout, unit);
    }

    @Override
    public T getNow(T valueIfAbsent) {
        markRetrieved();
        return super.getNow(valueIfAbsent);
    }

    private void beforeBlocking(String method) {
        if (!isDone() && loop.isCurrent()) {
            throw new IllegalStateException(method + "() of " + this + " would block the loop that has to complete it:"
                    + " use await(...) in a direct-style body, or thenApply(...) and its kin");
        }
        markRetrieved();
    }

    // ---- Cancellation ----------------------------------------------------------------------------------------------

    /** {@link #cancel(String)} without a message. The flag has no meaning, as in {@code CompletableFuture}. */
    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        return cancel(null);
    }

    /** {@link #cancel(String)} without a message. */
    public final boolean cancel() {
        return cancel(null);
    }

    /**
     * Asks what this waits for to stop.
     *
     * <p>A plain future is cancelled at once; a task, a gathering or a dependent stage ends when the work has ended, which
     * may take several iterations, and may still end with a value if the work does not heed the request.
     *
     * @param message goes into the {@link CancellationException}
     * @return false if this has ended already
     */
    public boolean cancel(@Nullable String message) {
        return Cancellation.request(this, message);
    }

    /** Notes a cancel request and names the future that it should go on to; null if it ends here. On the loop. */
    @Nullable
    LoopFuture<?> passCancel(@Nullable String message) {
        return null;
    }

    /** A cancel request has come to its end at this future. Returns false if it is refused. */
    boolean cancelHere(@Nullable String message) {
        return fail(Failures.cancellation(message));
    }

    /** The task that awaits this has no request left: one that has come here and was not delivered yet is dropped (S51). */
    void cancelTakenBack() {}

    /** A cancel request has come round in a circle of tasks that wait for each other, and breaks it here. */
    boolean breakWait(@Nullable String message) {
        return cancelHere(message);
    }
}
