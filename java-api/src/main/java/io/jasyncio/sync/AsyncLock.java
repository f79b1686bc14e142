package io.jasyncio.sync;

import io.jasyncio.AsyncResource;
import io.jasyncio.LoopFuture;
import io.jasyncio.Resources;
import io.jasyncio.TurnFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.spi.LoopBinding;
import io.jasyncio.spi.LoopRuntime;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mutex for tasks (asyncio's {@code Lock}, S80-S82): fair, not reentrant, and without an owner, so that any task may
 * release it.
 *
 * <pre>{@code
 * try (var held = await(lock.holdAsync())) {               // direct style
 *     await(account.transferAsync(sum));
 * }
 * lock.withLockAsync(() -> account.transferAsync(sum));    // stage style
 * }</pre>
 *
 * <p>Between two awaits a task has the loop for itself anyway: a lock is for state that must not change across an await.
 *
 * <p>Thread rule: the loop's. Belongs to the first loop on which somebody had to wait for it (S89).
 */
public final class AsyncLock implements AsyncResource<AsyncLock> {

    private final LoopBinding binding = new LoopBinding();
    private final Line waiters = new Line();
    private boolean locked;

    /** A lock that nobody holds. */
    public AsyncLock() {}

    /** Whether somebody holds it. False between a release and the turn of the next one, though nobody can barge in (S80). */
    public boolean isLocked() {
        return locked;
    }

    /**
     * Takes the lock if it is free and nobody waits for it.
     *
     * @return whether the caller holds it now
     */
    public boolean tryAcquire() {
        binding.check("tryAcquire");
        return takeIfFree();
    }

    boolean takeIfFree() {
        if (locked || !waiters.isEmpty()) {
            return false;
        }
        locked = true;
        return true;
    }

    /**
     * Takes the lock, after all who asked before. If it is free that has happened when this returns.
     *
     * <p>In stage style use {@link #withLockAsync}, which does not release what was never acquired.
     *
     * <p><b>Cancellation</b>: gives up the place in the line; the lock is not held. If the lock was on its way it goes to the
     * next in line.
     *
     * @throws IllegalStateException outside of a loop, or if the lock belongs to another loop
     */
    public LoopFuture<@Nullable Void> acquireAsync() {
        var loop = binding.use("acquireAsync");
        return takeIfFree() ? loop.services().completed() : new TurnFuture<>(bind("acquireAsync"), waiters, null);
    }

    /**
     * {@link #acquireAsync()} for a {@code try}-with-resources block.
     *
     * <p><b>Cancellation</b>: as there; a lock that nobody came to take is released again.
     */
    public LoopFuture<Held> holdAsync() {
        return acquire("holdAsync", new Held(this::release));
    }

    <T extends @Nullable Object> LoopFuture<T> acquire(String method, T value) {
        var loop = binding.use(method);
        return takeIfFree() ? loop.services().ended(value) : new TurnFuture<>(bind(method), waiters, value);
    }

    /** Somebody will have to wait for this lock. */
    LoopRuntime bind(String method) {
        return binding.bind(this, method);
    }

    /**
     * Holds the lock while a stage-style body runs: acquires it, calls the body, and releases it when the body's stage has
     * ended, however it ends.
     *
     * <p><b>Cancellation</b>: of the wait or of the body's stage, whichever it has come to.
     *
     * @return the body's result
     */
    public <T extends @Nullable Object> LoopFuture<T> withLockAsync(Supplier<? extends CompletionStage<T>> body) {
        Objects.requireNonNull(body, "body");
        return Resources.usingStage(this, held -> body.get());
    }

    /**
     * Lets go, and wakes the one who has waited longest: the lock is his when his turn comes, and nobody can barge in.
     *
     * @throws IllegalStateException if nobody holds the lock
     */
    public void release() {
        binding.check("release");
        if (!locked) {
            throw new IllegalStateException("release() of a lock that nobody holds: " + this);
        }
        locked = false;
        waiters.next();
    }

    /** Those who wait for it. */
    public WaitQueue waiters() {
        return waiters;
    }

    @Override
    public CompletionStage<AsyncLock> enterAsync() {
        return acquire("enterAsync", this);
    }

    @Override
    public CompletionStage<@Nullable Void> exitAsync(AsyncLock entered, @Nullable Throwable failure) {
        release();
        return LoopBinding.current("exitAsync").services().completed();
    }

    @Override
    public String toString() {
        return "AsyncLock[" + (locked ? "locked" : "unlocked") + ", " + waiters.size() + " waiting]";
    }

    /** The lock stays free until the turn of whoever was woken, but nobody else can take it. */
    private final class Line extends WaitQueue {

        Line() {
            super(AsyncLock.this, binding);
        }

        void next() {
            wakeFirst();
        }

        @Override
        protected void came() {
            locked = true;
        }

        @Override
        protected void missed() {
            if (!locked) {
                wakeFirst();
            }
        }

        @Override
        protected void gaveBack() {
            release();
        }
    }
}
