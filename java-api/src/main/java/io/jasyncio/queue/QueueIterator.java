package io.jasyncio.queue;

import io.jasyncio.iteration.AsyncIterator;
import io.jasyncio.spi.LoopBinding;
import io.jasyncio.spi.LoopRuntime;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The items of a queue until it is shut down and empty. Holds the item that {@link #hasNextAsync} has found. */
final class QueueIterator<T extends @Nullable Object> implements AsyncIterator<T> {

    private final AsyncQueue<T> queue;
    private boolean found;
    private boolean closed;
    private @Nullable T item;

    /** The question that is open, or was the last one. */
    private @Nullable NextFuture asked;

    QueueIterator(AsyncQueue<T> queue) {
        this.queue = queue;
    }

    @Override
    public CompletionStage<Boolean> hasNextAsync() {
        if (asked != null && !asked.isDone()) {
            return asked;
        }
        var services = LoopBinding.current("hasNextAsync").services();
        if (closed) {
            return services.answer(false);
        }
        if (!found && queue.isEmpty() && !queue.isShutdown()) {
            asked = new NextFuture(queue.bind("hasNextAsync"));
            asked.takeOrWait();
            return asked;
        }
        if (!found && !queue.isEmpty()) {
            hold(queue.getNowait());
        }
        return services.answer(found);
    }

    private void hold(T next) {
        item = next;
        found = true;
    }

    @Override
    public T next() {
        if (!found) {
            throw new NoSuchElementException("there is no next item: ask hasNextAsync() first");
        }
        var next = item;
        item = null;
        found = false;
        return next;
    }

    /** An item that was found and not taken goes back; an open question is withdrawn. */
    @Override
    public CompletionStage<@Nullable Void> closeAsync() {
        closed = true;
        if (asked != null) {
            asked.cancel();
        }
        if (found) {
            queue.putBack(next());
        }
        return LoopBinding.current("closeAsync").services().completed();
    }

    private final class NextFuture extends GetFuture<T, Boolean> {

        NextFuture(LoopRuntime loop) {
            super(loop, QueueIterator.this.queue);
        }

        @Override
        void taken(T next) {
            hold(next);
            endWith(true);
        }

        @Override
        void atEnd() {
            endWith(false);
        }

        /** The iterator keeps it for whoever asks next. */
        @Override
        protected void notTaken(Boolean unused) {}
    }
}
