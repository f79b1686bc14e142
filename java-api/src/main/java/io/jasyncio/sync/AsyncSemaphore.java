package io.jasyncio.sync;

import io.jasyncio.AsyncResource;
import io.jasyncio.LoopFuture;
import io.jasyncio.Resources;
import io.jasyncio.TurnFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.spi.LoopBinding;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits that tasks take and give back (asyncio's {@code Semaphore}, S83). Fair: first come, first served.
 *
 * <pre>{@code
 * try (var permit = await(connections.holdAsync())) {          // direct style
 *     await(fetchAsync(url));
 * }
 * connections.withPermitAsync(() -> fetchAsync(url));          // stage style
 * }</pre>
 *
 * <p>Thread rule: the loop's. Belongs to the first loop on which somebody had to wait for it (S89).
 */
public class AsyncSemaphore implements AsyncResource<AsyncSemaphore> {

    private final LoopBinding binding = new LoopBinding();
    private final Line waiters = new Line();

    /** Permits that nobody has, and that nobody was promised. */
    private int permits;

    /** A semaphore with one permit. */
    public AsyncSemaphore() {
        this(1);
    }

    /**
     * A semaphore with some permits.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public AsyncSemaphore(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("a semaphore cannot start with " + permits + " permits: use 0 or more");
        }
        this.permits = permits;
    }

    /** How many permits are free. */
    public final int availablePermits() {
        return permits;
    }

    /** Whether whoever asks now has to wait: no permit is free, or others wait already. */
    public final boolean isLocked() {
        return permits == 0 || !waiters.isEmpty();
    }

    /**
     * Takes a permit if that needs no waiting.
     *
     * @return whether the caller has one now
     */
    public final boolean tryAcquire() {
        binding.check("tryAcquire");
        return takeIfFree();
    }

    private boolean takeIfFree() {
        if (isLocked()) {
            return false;
        }
        permits--;
        return true;
    }

    /**
     * Takes a permit, after all who asked before. If one is free that has happened when this returns.
     *
     * <p>In stage style use {@link #withPermitAsync}, which does not give back what was never taken.
     *
     * <p><b>Cancellation</b>: gives up the place in the line; no permit is held. A permit that was on its way goes to the
     * next in line.
     *
     * @throws IllegalStateException outside of a loop, or if the semaphore belongs to another loop
     */
    public final LoopFuture<@Nullable Void> acquireAsync() {
        var loop = binding.use("acquireAsync");
        return takeIfFree() ? loop.services().completed() : standInLine("acquireAsync", (@Nullable Void) null);
    }

    /**
     * {@link #acquireAsync()} for a {@code try}-with-resources block.
     *
     * <p><b>Cancellation</b>: as there; a permit that nobody came to take is released again.
     */
    public final LoopFuture<Held> holdAsync() {
        return acquire("holdAsync", new Held(this::release));
    }

    private <T extends @Nullable Object> LoopFuture<T> acquire(String method, T value) {
        var loop = binding.use(method);
        return takeIfFree() ? loop.services().ended(value) : standInLine(method, value);
    }

    private <T extends @Nullable Object> LoopFuture<T> standInLine(String method, T value) {
        return new TurnFuture<>(binding.bind(this, method), waiters, value);
    }

    /**
     * Has a permit while a stage-style body runs: takes it, calls the body, and gives it back when the body's stage has
     * ended, however it ends.
     *
     * <p><b>Cancellation</b>: of the wait or of the body's stage, whichever it has come to.
     *
     * @return the body's result
     */
    public final <T extends @Nullable Object> LoopFuture<T> withPermitAsync(
            Supplier<? extends CompletionStage<T>> body) {
        Objects.requireNonNull(body, "body");
        return Resources.usingStage(this, permit -> body.get());
    }

    /** Gives a permit back, at once to the one who has waited longest. It need not be one that was taken. */
    public void release() {
        binding.check("release");
        waiters.takeBack();
    }

    /** Those who wait for a permit. */
    public final WaitQueue waiters() {
        return waiters;
    }

    @Override
    public final CompletionStage<AsyncSemaphore> enterAsync() {
        return acquire("enterAsync", this);
    }

    @Override
    public final CompletionStage<@Nullable Void> exitAsync(AsyncSemaphore entered, @Nullable Throwable failure) {
        release();
        return LoopBinding.current("exitAsync").services().completed();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + permits + " free, " + waiters.size() + " waiting]";
    }

    /** Whoever is woken has his permit from then on (S83). */
    private final class Line extends WaitQueue {

        Line() {
            super(AsyncSemaphore.this, binding);
        }

        void takeBack() {
            permits++;
            handOut();
        }

        private void handOut() {
            while (permits > 0 && hasWaiting()) {
                permits--;
                wakeFirst();
            }
        }

        /** Those who came after the wake-up had to stand in line, even if there was a permit for them. */
        @Override
        protected void came() {
            handOut();
        }

        @Override
        protected void missed() {
            takeBack();
        }
    }
}
