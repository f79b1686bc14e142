package io.jasyncio.queue;

import io.jasyncio.WaitFuture;
import io.jasyncio.spi.LoopRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for an item. An item is not set aside for him: if somebody else takes it before his turn, he stands at
 * the end of the line again (S90).
 *
 * @param <T> the type of the items
 * @param <R> what he is told when there is one
 */
abstract class GetFuture<T extends @Nullable Object, R extends @Nullable Object> extends WaitFuture<R> {

    final AsyncQueue<T> queue;

    GetFuture(LoopRuntime loop, AsyncQueue<T> queue) {
        super(loop);
        this.queue = queue;
    }

    final void takeOrWait() {
        if (!queue.isEmpty()) {
            takeItem();
        } else if (queue.isShutdown()) {
            atEnd();
        } else {
            standIn(queue.getters());
        }
    }

    private void takeItem() {
        if (isDone()) {
            queue.passOn();
            return;
        }
        taken(queue.take());
    }

    abstract void taken(T item);

    /** There will be no more items. */
    abstract void atEnd();

    @Override
    protected void turn() {
        takeOrWait();
    }

    /** Wants the item. */
    static final class OfItem<T extends @Nullable Object> extends GetFuture<T, T> {

        OfItem(LoopRuntime loop, AsyncQueue<T> queue) {
            super(loop, queue);
        }

        @Override
        void taken(T item) {
            endWith(item);
        }

        @Override
        void atEnd() {
            failWith(queue.shutDownException("get from"));
        }

        @Override
        protected void notTaken(T item) {
            queue.putBack(item);
        }
    }
}
