package io.jasyncio.queue;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue that gives the least item first, and among equals the one that came first (asyncio's {@code PriorityQueue}, S95).
 * Thread rule and cancellation as {@link AsyncQueue}.
 *
 * @param <T> the type of the items
 */
public final class AsyncPriorityQueue<T extends @Nullable Object> extends AsyncQueue<T> {

    /** A queue without a bound, in the natural order of the items, which must be {@link Comparable}. */
    public AsyncPriorityQueue() {
        this(0);
    }

    /**
     * A queue that holds so many items at most, in their natural order.
     *
     * @param maxSize 0 for no bound
     * @throws IllegalArgumentException if it is negative
     */
    public AsyncPriorityQueue(int maxSize) {
        this(maxSize, naturalOrder());
    }

    /** A queue without a bound, in a given order. */
    public AsyncPriorityQueue(Comparator<? super T> order) {
        this(0, order);
    }

    /**
     * A queue that holds so many items at most, in a given order.
     *
     * @param maxSize 0 for no bound
     * @throws IllegalArgumentException if it is negative
     */
    public AsyncPriorityQueue(int maxSize, Comparator<? super T> order) {
        super(maxSize, new HeapStore<>(Objects.requireNonNull(order, "order")));
    }

    /** Names what cannot be compared: the JDK's own exception loses its message where the code is hot. */
    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> Comparator<T> naturalOrder() {
        return (left, right) -> {
            if (left == null || right == null) {
                throw new NullPointerException("null has no natural order: give the priority queue a Comparator");
            }
            if (left instanceof Comparable) {
                return ((Comparable<Object>) left).compareTo(right);
            }
            throw new ClassCastException(left + " is not Comparable: give the priority queue a Comparator");
        };
    }
}
