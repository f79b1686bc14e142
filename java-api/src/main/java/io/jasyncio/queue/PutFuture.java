package io.jasyncio.queue;

import io.jasyncio.WaitFuture;
import io.jasyncio.spi.LoopRuntime;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for room. The room is not set aside for him: somebody else may be quicker. */
final class PutFuture<T extends @Nullable Object> extends WaitFuture<@Nullable Void> {

    private final AsyncQueue<T> queue;
    private final T item;

    PutFuture(LoopRuntime loop, AsyncQueue<T> queue, T item) {
        super(loop);
        this.queue = queue;
        this.item = item;
    }

    void putOrWait() {
        if (queue.isShutdown()) {
            failWith(queue.shutDownException("put into"));
        } else if (queue.isFull()) {
            standIn(queue.putters());
        } else if (isDone()) {
            queue.passOn();
        } else {
            queue.add(item);
            endWith(null);
        }
    }

    @Override
    protected void turn() {
        putOrWait();
    }

    /** What was put stays put. */
    @Override
    protected void notTaken(@Nullable Void nothing) {}
}
