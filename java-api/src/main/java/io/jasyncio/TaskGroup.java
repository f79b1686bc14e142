package io.jasyncio;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that live and die together (asyncio's {@code TaskGroup}, S64-S73): the block ends when all of them have ended, and
 * the first failure cancels the others.
 *
 * <pre>{@code
 * try (var group = taskGroup()) {
 *     group.createTask(() -> serve(left));
 *     group.createTask(() -> serve(right));
 * }
 * }</pre>
 *
 * <p>Failures leave the block as one {@link ExceptionGroup}, in the order in which they came, that of the block last unless
 * it is a child's that the block passes on. A child that is cancelled is not a failure (S65).
 *
 * <p>With a body, {@link Asyncio#taskGroup(Body)}, everything is as in asyncio. As a resource some things differ, because
 * in Java the end of a {@code try} block neither knows nor can change the exception that leaves it:
 *
 * <ul>
 *   <li>when a child fails while the block awaits, the await itself throws the {@code ExceptionGroup}, to which later
 *       failures are added;
 *   <li>when the block's own code throws, the children are waited for and not cancelled, and their failures are suppressed
 *       exceptions of what was thrown: call {@link #cancel()} in the block, or use the form with a body;
 *   <li>a block that was cancelled from outside counts as ended by that, even if it caught the exception: its children are
 *       cancelled, and their failures are suppressed exceptions of it;
 *   <li>a {@link #cancel()} by somebody else that hits the block in an await leaves it as a {@link CancellationException}.
 * </ul>
 *
 * <p>Thread rule: for the loop's tasks.
 */
public final class TaskGroup implements AutoCloseable {

    /** A direct-style body that is told its group. */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {

        /**
         * Runs the body.
         *
         * @throws Exception whatever ends it
         */
        T run(TaskGroup group) throws Exception;
    }

    private enum State {
        /** The body runs; a failure must interrupt it. */
        OPEN,
        /** The body has ended, children still run, and may start siblings. */
        CLOSING,
        FINISHED
    }

    private static final String FAILED = "unhandled errors in a TaskGroup";

    /** The task that waits for the children, and is cancelled while the body runs. */
    private final DirectTask<?> parent;

    /** In the order of creation. */
    private final Set<Task<?>> children = new LinkedHashSet<>();

    private final List<Throwable> errors = new ArrayList<>();
    private final AwaitScope meaning = new AwaitScope() {
        @Override
        public @Nullable Throwable translate(CancellationException cancelled, int innerRequests) {
            return meaningOf(cancelled);
        }

        @Override
        public int requests() {
            return parentCancelled ? 1 : 0;
        }
    };

    /** Requests from before, which say nothing about this block. */
    private final int requestsAtEntry;

    private State state = State.OPEN;
    private boolean asResource;

    /** The children were cancelled; no new ones are taken. */
    private boolean aborting;

    /** We have cancelled the parent, and must take that back. */
    private boolean parentCancelled;

    /** Thrown at an await of the resource form; collects what fails later. */
    private @Nullable ExceptionGroup thrown;

    /** Completed when the last child has ended; null while nobody waits. */
    private @Nullable LoopFuture<@Nullable Void> allEnded;

    TaskGroup(DirectTask<?> parent) {
        this.parent = parent;
        // A request that was not delivered yet comes from outside all the same, and must get out.
        this.requestsAtEntry = parent.cancelling() - (parent.hasUndeliveredCancel() ? 1 : 0);
        parent.enterScope(meaning);
    }

    // ---- Children --------------------------------------------------------------------------------------------------

    /**
     * Starts a direct-style child.
     *
     * @throws IllegalStateException if the group is shutting down or has finished (S69)
     */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> body) {
        return createTask(body, TaskOptions.DEFAULT);
    }

    /** The same with a name, a context or an eager start. */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> body, TaskOptions options) {
        requireOpen();
        return adopt(parent.loop.createTask(body, options));
    }

    /** The same for a body without a result. */
    public Task<@Nullable Void> createTask(CoroutineAction body) {
        return createTask(body.asCoroutine(), TaskOptions.DEFAULT);
    }

    /** The same for a body without a result, with options. */
    public Task<@Nullable Void> createTask(CoroutineAction body, TaskOptions options) {
        return createTask(body.asCoroutine(), options);
    }

    /** Starts a stage-style child. */
    public <T extends @Nullable Object> Task<T> createStageTask(Supplier<? extends CompletionStage<T>> body) {
        return createStageTask(body, TaskOptions.DEFAULT);
    }

    /** The same with a name, a context or an eager start. */
    public <T extends @Nullable Object> Task<T> createStageTask(
            Supplier<? extends CompletionStage<T>> body, TaskOptions options) {
        requireOpen();
        return adopt(parent.loop.createStageTask(body, options));
    }

    private void requireOpen() {
        if (state == State.FINISHED || state == State.CLOSING && children.isEmpty()) {
            throw new IllegalStateException("this task group is finished: all its children have ended");
        }
        if (aborting) {
            throw new IllegalStateException("this task group is shutting down: a child failed or it was cancelled");
        }
    }

    private <T extends @Nullable Object> Task<T> adopt(Task<T> child) {
        children.add(child);
        child.addDoneCallback(this::childEnded, null);
        if (aborting) {
            // The group began to shut down while the child took its eager step.
            child.cancel();
        }
        return child;
    }

    private void childEnded(LoopFuture<?> child) {
        children.remove(child);
        if (allEnded != null && children.isEmpty()) {
            allEnded.finish(null);
        }
        var failure = child.failureOrNull();
        if (failure == null || failure instanceof CancellationException) {
            return;
        }
        errors.add(failure);
        if (thrown != null) {
            thrown.add(failure);
        }
        if (!aborting) {
            abort();
            cancelParent();
        }
    }

    // ---- Ending early ----------------------------------------------------------------------------------------------

    /**
     * Ends the group early and without an error: cancels the children, and the body if it still runs (S71). Failures of
     * children and cancellations from outside leave the block nevertheless. Does nothing if the group is shutting down or
     * has finished.
     */
    public void cancel() {
        parent.loop.services().requireOwnThread("TaskGroup.cancel");
        if (aborting || state == State.FINISHED) {
            return;
        }
        abort();
        if (state == State.OPEN) {
            cancelParent();
        }
    }

    private void abort() {
        aborting = true;
        List.copyOf(children).forEach(Task::cancel);
    }

    private void cancelParent() {
        parentCancelled = true;
        parent.cancel();
    }

    // ---- The block -------------------------------------------------------------------------------------------------

    <T extends @Nullable Object> @Nullable T run(Body<T> body) throws Exception {
        T value = null;
        Throwable failure = null;
        try {
            value = body.run(this);
        } catch (Throwable thrownByBody) {
            failure = thrownByBody;
        }
        var toThrow = leave(failure);
        if (toThrow instanceof CancellationException cancelled) {
            // The block saw it as it is; now those around the block say what it means.
            throw Failures.sneaky(parent.translate(cancelled));
        }
        if (toThrow != null) {
            throw Failures.sneaky(toThrow);
        }
        return value;
    }

    TaskGroup open() {
        asResource = true;
        return this;
    }

    /**
     * Waits for the children and leaves the block. Does nothing a second time.
     *
     * @throws ExceptionGroup if a child has failed, unless an await of the block has thrown that already
     * @throws IllegalStateException in another task than the one that opened the group
     */
    @Override
    public void close() {
        if (state != State.OPEN) {
            return;
        }
        if (parent.loop.currentTask() != parent) {
            throw new IllegalStateException("this task group belongs to " + parent + ", which must close it itself: use"
                    + " cancel() to end it from elsewhere");
        }
        var interruption = wasInterrupted() ? new CancellationException() : null;
        var toThrow = leave(interruption);
        if (toThrow == null || toThrow == interruption || thrown != null) {
            // Whatever there is to throw is on its way out of the block already.
            return;
        }
        throw Failures.sneaky(
                toThrow instanceof CancellationException cancelled ? parent.translate(cancelled) : toThrow);
    }

    /** Whether a cancellation from outside has reached an await of the block. */
    private boolean wasInterrupted() {
        var notFelt = (parentCancelled ? 1 : 0) + (parent.hasUndeliveredCancel() ? 1 : 0);
        return parent.cancelling() - notFelt > requestsAtEntry;
    }

    /** Waits for all children; returns what shall leave the block, if anything. */
    private @Nullable Throwable leave(@Nullable Throwable failure) {
        state = State.CLOSING;
        if (failure != null && !aborting) {
            abort();
        }
        var cancellation = awaitChildren(failure instanceof CancellationException fromBody ? fromBody : null);
        state = State.FINISHED;
        parent.leaveScope(meaning);
        if (parentCancelled && parent.uncancel() <= requestsAtEntry) {
            // Nobody but us has cancelled the parent since it came here; the older requests were felt before.
            parent.withdrawCancel();
            cancellation = null;
        }
        if (failure != null && !(failure instanceof CancellationException) && !errors.contains(failure)) {
            errors.add(failure);
        }
        if (errors.isEmpty()) {
            return cancellation;
        }
        if (parent.cancelling() > 0) {
            // The errors go first, but the cancellation from outside must still be felt, at the next await.
            parent.uncancel();
            parent.cancel();
        }
        return new ExceptionGroup(FAILED, errors);
    }

    /** Returns the cancellation that was noticed first; but the last one if the first may be our own (S67, S68, S71). */
    private @Nullable CancellationException awaitChildren(@Nullable CancellationException fromBody) {
        var cancellation = fromBody;
        while (!children.isEmpty()) {
            var ended = new LoopFuture<@Nullable Void>(parent.loop);
            allEnded = ended;
            try {
                parent.await(ended);
            } catch (CancellationException cancelled) {
                if (cancellation == null || parentCancelled) {
                    cancellation = cancelled;
                }
                if (!aborting) {
                    abort();
                }
            }
            allEnded = null;
        }
        return cancellation;
    }

    /** In the resource form: a cancellation, while there are failures, was sent by the group because of them. */
    private @Nullable Throwable meaningOf(CancellationException cancelled) {
        if (!asResource || state != State.OPEN) {
            // A body sees a cancellation as in asyncio, and so does our own wait, whatever it means further out.
            return cancelled;
        }
        if (errors.isEmpty()) {
            return null;
        }
        var group = thrown;
        if (group == null) {
            group = new ExceptionGroup(FAILED, errors);
            thrown = group;
        }
        return group;
    }
}
