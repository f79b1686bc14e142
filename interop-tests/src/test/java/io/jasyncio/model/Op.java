package io.jasyncio.model;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thing that an actor does and that may have to wait: what the model expects when it begins, succeeds or fails. */
public final class Op {

    private final World world;
    private final Actor actor;
    private final String name;
    private final Supplier<? extends LoopFuture<?>> start;
    private @Nullable Duration timeout;
    private @Nullable KotlinTwin twin;
    private Runnable atStart = () -> {};
    private Consumer<Object> onSuccess = value -> {};
    private @Nullable Consumer<Throwable> onFailure;
    private long deadlineNanos = Long.MAX_VALUE;

    /** Whether it had to wait. */
    private boolean waiting;

    /** A cancel request was made while it waited. */
    private boolean cancelled;

    /** For the world's own use: somebody else may go before this one by right. */
    boolean mayBeOvertaken;

    /** For the world's own use: a count at the time when this began. */
    int mark;

    Op(World world, Actor actor, String name, Supplier<? extends LoopFuture<?>> start) {
        this.world = world;
        this.actor = actor;
        this.name = name;
        this.start = start;
    }

    /** What the model makes of a success. */
    Op then(Consumer<Object> handler) {
        onSuccess = handler;
        return this;
    }

    /** What the model makes of a failure. Without this, only a cancellation and the timeout are allowed. */
    Op orElse(Consumer<Throwable> handler) {
        onFailure = handler;
        return this;
    }

    Op within(@Nullable Duration limit) {
        timeout = limit;
        return this;
    }

    Op atStart(Runnable handler) {
        atStart = handler;
        return this;
    }

    /** What coroutines call in place of the future; null if they await the future, too. */
    Op inKotlin(@Nullable KotlinTwin suspending) {
        twin = suspending;
        return this;
    }

    // ---- For the actor's driver ------------------------------------------------------------------------------------

    /** How long it may take; null for as long as it needs. */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /** Begins it, with its timeout. */
    public LoopFuture<?> begin() {
        var limit = timeout;
        return limit == null ? start() : starting(() -> Asyncio.waitFor(start.get(), limit));
    }

    /** Begins it without its timeout, which is the driver's business. */
    public LoopFuture<?> start() {
        return starting(start);
    }

    /** The suspend function that does the same; null if there is none. */
    public @Nullable KotlinTwin twin() {
        return twin;
    }

    /** It begins: for a driver that does the rest itself. */
    public void begins() {
        announce();
    }

    /** It has to wait. */
    public void waits() {
        waiting = true;
        actor.doing(this);
        world.pending().add(this);
    }

    private LoopFuture<?> starting(Supplier<? extends LoopFuture<?>> starter) {
        announce();
        var future = starter.get();
        if (!future.isDone()) {
            waits();
        }
        return future;
    }

    private void announce() {
        world.trace(actor, name + (timeout == null ? "" : " within " + timeout.toMillis()));
        var limit = timeout;
        if (limit != null) {
            deadlineNanos = EventLoop.current().time() + limit.toNanos();
        }
        atStart.run();
    }

    /** It has ended with a value. */
    public void succeeded(Object value) {
        world.trace(actor, name + " gives " + value);
        if (cancelled) {
            throw world.violation(this + " succeeded, though its task was cancelled before (S44)");
        }
        end(() -> onSuccess.accept(value));
    }

    /** It has failed. */
    public void failed(Throwable failure) {
        world.trace(actor, name + " fails: " + failure);
        if (failure instanceof Violation violation) {
            throw violation;
        }
        if (failure instanceof CancellationException != cancelled) {
            throw world.violation(this + (cancelled ? " was cancelled, and" : " was cancelled by nobody, and")
                    + " failed: " + failure);
        }
        if (failure instanceof TimeoutException && EventLoop.current().time() < deadlineNanos) {
            throw world.violation(this + " ran out of time too early");
        }
        end(() -> failedAsExpected(failure));
    }

    private void failedAsExpected(Throwable failure) {
        if (onFailure != null) {
            onFailure.accept(failure);
        } else if (!isEndOfWait(failure)) {
            throw world.violation(this + " failed: " + failure);
        }
    }

    /** Whether the caller has given up and nothing else is wrong. */
    static boolean isEndOfWait(Throwable failure) {
        return failure instanceof CancellationException || failure instanceof TimeoutException;
    }

    private void end(Runnable model) {
        actor.doing(null);
        model.run();
        world.pending().remove(this);
        world.check();
    }

    // ---- For the world ---------------------------------------------------------------------------------------------

    void cancelRequested() {
        cancelled = true;
    }

    Actor actor() {
        return actor;
    }

    String name() {
        return name;
    }

    boolean waited() {
        return waiting;
    }

    /** Whether it is cancelled or late: it may be passed over. */
    boolean isDoomed() {
        return cancelled || deadlineNanos <= EventLoop.current().time();
    }

    boolean isLate() {
        return deadlineNanos < EventLoop.current().time();
    }

    @Override
    public String toString() {
        return name + " of " + actor;
    }
}
