package io.jasyncio;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A deadline for everything that a direct-style body awaits inside a block (asyncio's {@code timeout}, S53-S60).
 *
 * <pre>{@code
 * try (var scope = timeout(Duration.ofSeconds(1))) {
 *     await(reader.readLineAsync());
 * } catch (TimeoutException tooLate) {
 *     ...
 * }
 * }</pre>
 *
 * <p>When the deadline passes, the task is cancelled, and the cancellation becomes a {@link TimeoutException}. There are
 * two forms, and they differ in one point. With a body, {@link Asyncio#timeout(Duration, Coroutine)}, the body sees a
 * {@link CancellationException} at its await, as in asyncio, and the exception changes where the block ends. As a resource,
 * the await itself throws the {@code TimeoutException}, because in Java the end of a {@code try} block cannot change the
 * exception that leaves it. So where blocks are nested and an inner one catches {@code TimeoutException}, use the form with
 * a body for the outer one.
 *
 * <p>A block that does not await is never broken off (S54), and an outer {@code cancel} wins over a deadline (S55).
 *
 * <p>Thread rule: for the task that made it.
 */
public final class Timeout implements AutoCloseable {

    /** A body that is told its scope, to look at the deadline or to change it. */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {

        /**
         * Runs the body.
         *
         * @throws Exception whatever ends it
         */
        T run(Timeout scope) throws Exception;
    }

    private enum State {
        CREATED,
        ACTIVE,
        EXPIRING,
        EXPIRED,
        EXITED
    }

    private final DirectTask<?> task;

    /** What the message of the exception names; null if the deadline was given as a time, or was changed. */
    private @Nullable Duration duration;

    private State state = State.CREATED;
    private @Nullable Handle timer;
    private final AwaitScope meaning = new AwaitScope() {
        @Override
        public @Nullable Throwable translate(CancellationException cancelled, int innerRequests) {
            var ours = state == State.EXPIRING && task.cancelling() - innerRequests <= requestsAtEntry + 1;
            return ours ? WaitFor.timedOut(duration, cancelled) : null;
        }

        @Override
        public int requests() {
            return state == State.EXPIRING ? 1 : 0;
        }
    };
    private OptionalLong when;

    /** The cancel requests that stood at entry: only what came on top is this scope's or an outer one's (S59). */
    private int requestsAtEntry;

    private Timeout(DirectTask<?> task, OptionalLong when, @Nullable Duration duration) {
        this.task = task;
        this.when = when;
        this.duration = duration;
    }

    static Timeout after(Duration delay) {
        var task = Asyncio.requireDirectTask("timeout");
        return new Timeout(task, OptionalLong.of(Deadlines.after(task.loop.time(), delay)), delay);
    }

    static Timeout at(OptionalLong when) {
        return new Timeout(Asyncio.requireDirectTask("timeoutAt"), when, null);
    }

    /** Enters as a resource: awaits inside translate. */
    Timeout open() {
        enter();
        task.enterScope(meaning);
        return this;
    }

    <T extends @Nullable Object> T run(Body<T> body) throws Exception {
        // Inside, a cancellation is what it is: scopes outside give it their meaning when it leaves this block.
        AwaitScope plain = (cancelled, innerRequests) -> cancelled;
        enter();
        task.enterScope(plain);
        T value;
        try {
            value = body.run(this);
        } catch (Throwable failure) {
            task.leaveScope(plain);
            var leaving = exit(failure);
            throw Failures.sneaky(
                    leaving instanceof CancellationException cancelled ? task.translate(cancelled) : leaving);
        }
        task.leaveScope(plain);
        exit(null);
        return value;
    }

    private void enter() {
        state = State.ACTIVE;
        // A request that stands but was not delivered yet is an outer one all the same, and must win.
        requestsAtEntry = task.cancelling() - (task.hasUndeliveredCancel() ? 1 : 0);
        arm();
    }

    private void arm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (when.isPresent()) {
            var due = when.getAsLong();
            // A deadline that has passed goes before the next step of the task: timers would come after it.
            timer = due - task.loop.time() > 0 ? task.loop.callAt(due, this::expire) : task.loop.callSoon(this::expire);
        }
    }

    private void expire() {
        timer = null;
        state = State.EXPIRING;
        task.cancel();
    }

    /** Leaves the block; returns the exception that shall leave it in place of the given one. */
    private @Nullable Throwable exit(@Nullable Throwable failure) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (state != State.EXPIRING) {
            state = State.EXITED;
            return failure;
        }
        state = State.EXPIRED;
        if (task.uncancel() > requestsAtEntry || failure == null) {
            return failure;
        }
        if (failure instanceof CancellationException) {
            return WaitFor.timedOut(duration, failure);
        }
        // The failure goes first, but whoever reads it should know that it happened in a hurry (S58).
        failure.addSuppressed(WaitFor.timedOut(duration, null));
        return failure;
    }

    /** Leaves the block. Idempotent. */
    @Override
    public void close() {
        if (state == State.ACTIVE || state == State.EXPIRING) {
            task.leaveScope(meaning);
            exit(null);
        }
    }

    /** The deadline, in nanoseconds of {@link EventLoop#time()}; empty if there is none. */
    public OptionalLong when() {
        return when;
    }

    /** Whether the deadline has passed while the block ran. */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    /**
     * Sets a new deadline, counted from now.
     *
     * @throws IllegalStateException if the deadline has passed or the block was left
     */
    public void reschedule(Duration delay) {
        rescheduleAt(OptionalLong.of(Deadlines.after(task.loop.time(), Objects.requireNonNull(delay, "delay"))));
    }

    /**
     * Sets a new deadline, or none.
     *
     * @param whenNanos in nanoseconds of {@link EventLoop#time()}; a time in the past fires in the next pass
     * @throws IllegalStateException if the deadline has passed or the block was left
     */
    public void rescheduleAt(OptionalLong whenNanos) {
        if (state != State.ACTIVE) {
            throw new IllegalStateException("cannot change the deadline of a timeout that " + describeState());
        }
        when = Objects.requireNonNull(whenNanos, "whenNanos");
        duration = null;
        arm();
    }

    private String describeState() {
        return switch (state) {
            case CREATED -> "has not been entered";
            case ACTIVE -> "is active";
            case EXPIRING, EXPIRED -> "has expired";
            case EXITED -> "was left";
        };
    }
}
