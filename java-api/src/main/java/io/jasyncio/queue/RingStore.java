package io.jasyncio.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A ring that takes from the front or from the back. An {@link java.util.ArrayDeque} but for null, which is an item like any
 * other here.
 */
final class RingStore<T extends @Nullable Object> implements Store<T> {

    private static final int INITIAL_CAPACITY = 16;

    private final boolean lastInFirstOut;

    /** The capacity is a power of two, so that a mask can stand for the remainder. */
    private @Nullable Object[] items = new Object[INITIAL_CAPACITY];

    /** Positions; they only grow and may overflow. */
    private int head;

    private int tail;

    RingStore(boolean lastInFirstOut) {
        this.lastInFirstOut = lastInFirstOut;
    }

    @Override
    public void add(T item) {
        growIfFull();
        items[tail++ & items.length - 1] = item;
    }

    @Override
    public T take() {
        return clear(lastInFirstOut ? --tail : head++);
    }

    @Override
    public void putBack(T item) {
        if (lastInFirstOut) {
            add(item);
        } else {
            growIfFull();
            items[--head & items.length - 1] = item;
        }
    }

    @Override
    public int size() {
        return tail - head;
    }

    @SuppressWarnings("unchecked") // only items were put in
    private T clear(int position) {
        var place = position & items.length - 1;
        var item = (T) items[place];
        items[place] = null;
        return item;
    }

    private void growIfFull() {
        if (size() == items.length) {
            var front = head & items.length - 1;
            var grown = Arrays.copyOfRange(items, front, front + 2 * items.length);
            System.arraycopy(items, 0, grown, items.length - front, front);
            tail = size();
            head = 0;
            items = grown;
        }
    }
}
