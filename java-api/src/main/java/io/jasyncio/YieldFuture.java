package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.ReadyItem;
import org.jspecify.annotations.Nullable;

/**
 * {@code sleep(0)}: ends in the next iteration. A task that awaits it goes on in its very place in the ready queue, so
 * that the await lasts one pass and not two (S20, S32).
 */
final class YieldFuture<T extends @Nullable Object> extends LoopFuture<T> implements ReadyItem {

    private final T value;

    /** The task whose step this entry is; null if nobody awaits this, or only somebody who cannot be carried. */
    private @Nullable SteppingTask<?> carried;

    YieldFuture(LoopRuntime loop, T value) {
        super(loop);
        this.value = value;
        loop.schedule(this);
    }

    /** The task goes on when this entry runs. False if another task has that place, or this has ended. */
    boolean carry(SteppingTask<?> task) {
        if (carried != null || isDone()) {
            return false;
        }
        carried = task;
        return true;
    }

    /** Whether the task goes on when this entry runs. */
    boolean carries(SteppingTask<?> task) {
        return carried == task;
    }

    /** What this entry does but for letting the task go on. */
    void end() {
        finish(value);
    }

    /** The carried task keeps the request itself, so that it can be taken back until it goes on (S51). */
    @Override
    boolean cancelHere(@Nullable String message) {
        return carried == null && super.cancelHere(message);
    }

    @Override
    public void run() {
        end();
        if (carried != null) {
            carried.run();
        }
    }

    @Override
    public @Nullable Task<?> task() {
        return carried;
    }

    @Override
    public Context getContext() {
        return carried == null ? new Context() : carried.getContext();
    }
}
