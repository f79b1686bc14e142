package io.jasyncio.sync;

import io.jasyncio.AsyncResource;
import io.jasyncio.LoopFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.spi.LoopBinding;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets tasks that hold a lock wait until others have changed what it guards (asyncio's {@code Condition}, S85-S87).
 *
 * <pre>{@code
 * try (var held = await(notEmpty.holdAsync())) {
 *     await(notEmpty.waitForAsync(() -> !items.isEmpty()));
 *     return items.remove();
 * }
 * }</pre>
 *
 * <p>Several conditions may share a lock. {@link #signal} does not release the lock: who was woken goes on when he has it.
 *
 * <p>Thread rule: the loop's. Belongs to the first loop on which somebody had to wait for it (S89).
 */
public final class AsyncCondition implements AsyncResource<AsyncCondition> {

    private final LoopBinding binding = new LoopBinding();
    private final Line waiters = new Line();
    private final AsyncLock lock;

    /** A condition with a lock of its own. */
    public AsyncCondition() {
        this(new AsyncLock());
    }

    /** A condition on a lock that others use, too. */
    public AsyncCondition(AsyncLock lock) {
        this.lock = Objects.requireNonNull(lock, "lock");
    }

    // ---- The lock --------------------------------------------------------------------------------------------------

    /** The lock. */
    public AsyncLock lock() {
        return lock;
    }

    /** {@link AsyncLock#isLocked()}. */
    public boolean isLocked() {
        return lock.isLocked();
    }

    /** {@link AsyncLock#tryAcquire()}. */
    public boolean tryAcquire() {
        return lock.tryAcquire();
    }

    /** {@link AsyncLock#acquireAsync()}, with its <b>Cancellation</b>. */
    public LoopFuture<@Nullable Void> acquireAsync() {
        return lock.acquireAsync();
    }

    /** {@link AsyncLock#holdAsync()}, with its <b>Cancellation</b>. */
    public LoopFuture<Held> holdAsync() {
        return lock.holdAsync();
    }

    /** {@link AsyncLock#release()}. */
    public void release() {
        lock.release();
    }

    @Override
    public CompletionStage<AsyncCondition> enterAsync() {
        return lock.acquire("enterAsync", this);
    }

    @Override
    public CompletionStage<@Nullable Void> exitAsync(AsyncCondition entered, @Nullable Throwable failure) {
        return lock.exitAsync(lock, failure);
    }

    // ---- Waiting ---------------------------------------------------------------------------------------------------

    /**
     * Releases the lock, waits for a {@link #signal}, and comes back with the lock. A wake-up may come without a reason:
     * look again, or use {@link #waitForAsync}.
     *
     * <p><b>Cancellation</b>: takes effect when the lock is held again, which may take a while; this ends with the lock held
     * in any case (S85). A signal that would be lost goes to another waiter (S86).
     *
     * @throws IllegalStateException if nobody holds the lock, or outside of a loop, or on another loop
     */
    public LoopFuture<@Nullable Void> waitAsync() {
        requireLock("waitAsync");
        lock.bind("waitAsync");
        return new ConditionWait(binding.bind(this, "waitAsync"), this, null);
    }

    /**
     * Waits until a predicate is true; not at all if it is. The predicate is asked with the lock held, first at once and
     * then after each wake-up. If it throws, this fails with the lock held.
     *
     * <p><b>Cancellation</b>: as {@link #waitAsync()}.
     *
     * @throws IllegalStateException if nobody holds the lock, or outside of a loop, or on another loop
     */
    public LoopFuture<@Nullable Void> waitForAsync(BooleanSupplier predicate) {
        Objects.requireNonNull(predicate, "predicate");
        requireLock("waitForAsync");
        if (predicate.getAsBoolean()) {
            return LoopBinding.current("waitForAsync").services().completed();
        }
        lock.bind("waitForAsync");
        return new ConditionWait(binding.bind(this, "waitForAsync"), this, predicate);
    }

    /** Those who wait for a signal. */
    public WaitQueue waiters() {
        return waiters;
    }

    // ---- Signalling ------------------------------------------------------------------------------------------------

    /** Wakes the one who has waited longest; nobody if nobody waits. asyncio's {@code notify}. */
    public void signal() {
        signal(1);
    }

    /**
     * Wakes some, those who have waited longest.
     *
     * @throws IllegalArgumentException if the number is negative
     * @throws IllegalStateException if nobody holds the lock
     */
    public void signal(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot wake " + count + " waiters");
        }
        requireLock("signal");
        waiters.some(count);
    }

    /**
     * Wakes everybody who waits now. asyncio's {@code notify_all}.
     *
     * @throws IllegalStateException if nobody holds the lock
     */
    public void signalAll() {
        requireLock("signalAll");
        waiters.some(Integer.MAX_VALUE);
    }

    /** A signal that somebody has got and cannot use goes to another one, with or without the lock. */
    void passSignalOn() {
        waiters.some(1);
    }

    private void requireLock(String method) {
        binding.check(method);
        if (!lock.isLocked()) {
            throw new IllegalStateException(
                    method + "() on a condition whose lock nobody holds: acquire it first, " + this);
        }
    }

    @Override
    public String toString() {
        return "AsyncCondition[" + (isLocked() ? "locked" : "unlocked") + ", " + waiters.size() + " waiting]";
    }

    /** Who was woken goes for the lock, even if he was cancelled: passing the signal on comes after that (S86). */
    private final class Line extends WaitQueue {

        Line() {
            super(AsyncCondition.this, binding);
        }

        void some(int count) {
            wake(count);
        }
    }
}
