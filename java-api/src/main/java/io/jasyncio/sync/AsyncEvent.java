package io.jasyncio.sync;

import io.jasyncio.LoopFuture;
import io.jasyncio.TurnFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.spi.LoopBinding;
import org.jspecify.annotations.Nullable;

/**
 * A flag that tasks wait for (asyncio's {@code Event}, S84).
 *
 * <pre>{@code
 * await(ready.waitAsync());
 * }</pre>
 *
 * <p>Thread rule: the loop's; from another thread, {@code loop.execute(event::set)}. Belongs to the first loop on which
 * somebody had to wait for it (S89).
 */
public final class AsyncEvent {

    private final LoopBinding binding = new LoopBinding();
    private final Line waiters = new Line();
    private boolean set;

    /** An event that is not set. */
    public AsyncEvent() {}

    /** Whether the flag is set. */
    public boolean isSet() {
        return set;
    }

    /** Sets the flag and wakes everybody who waits now, even if it is cleared before they go on. */
    public void set() {
        binding.check("set");
        if (!set) {
            set = true;
            waiters.everybody();
        }
    }

    /** Clears the flag: whoever comes now waits. */
    public void clear() {
        binding.check("clear");
        set = false;
    }

    /**
     * Waits until the flag is set; not at all if it is.
     *
     * <p><b>Cancellation</b>: ends the wait alone.
     *
     * @throws IllegalStateException outside of a loop, or if the event belongs to another loop
     */
    public LoopFuture<@Nullable Void> waitAsync() {
        if (set) {
            return LoopBinding.current("waitAsync").services().completed();
        }
        return new TurnFuture<>(binding.bind(this, "waitAsync"), waiters, null);
    }

    /** Those who wait for it. */
    public WaitQueue waiters() {
        return waiters;
    }

    @Override
    public String toString() {
        return "AsyncEvent[" + (set ? "set" : "unset") + ", " + waiters.size() + " waiting]";
    }

    /** A turn is nothing that one could miss: the event is for everybody. */
    private final class Line extends WaitQueue {

        Line() {
            super(AsyncEvent.this, binding);
        }

        void everybody() {
            wakeAll();
        }
    }
}
