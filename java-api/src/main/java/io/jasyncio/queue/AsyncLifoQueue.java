package io.jasyncio.queue;

import org.jspecify.annotations.Nullable;

/**
 * A queue that gives the item that came last (asyncio's {@code LifoQueue}, S95). Thread rule and cancellation as
 * {@link AsyncQueue}.
 *
 * @param <T> the type of the items
 */
public final class AsyncLifoQueue<T extends @Nullable Object> extends AsyncQueue<T> {

    /** A queue without a bound. */
    public AsyncLifoQueue() {
        this(0);
    }

    /**
     * A queue that holds so many items at most.
     *
     * @param maxSize 0 for no bound
     * @throws IllegalArgumentException if it is negative
     */
    public AsyncLifoQueue(int maxSize) {
        super(maxSize, new RingStore<>(true));
    }
}
