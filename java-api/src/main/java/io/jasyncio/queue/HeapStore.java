package io.jasyncio.queue;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The least item first; among equals, the one that came first. */
final class HeapStore<T extends @Nullable Object> implements Store<T> {

    private record Entry<T extends @Nullable Object>(T item, long number) {}

    private final PriorityQueue<Entry<T>> entries;
    private final Comparator<? super T> order;

    /** The next number of an item that comes, and of one that comes back: before all of its equals. */
    private long nextNumber;

    private long nextReturned = -1;

    HeapStore(Comparator<? super T> order) {
        this.order = order;
        entries = new PriorityQueue<>((left, right) -> {
            var byItem = order.compare(left.item, right.item);
            return byItem == 0 ? Long.compare(left.number, right.number) : byItem;
        });
    }

    @Override
    public void add(T item) {
        if (entries.isEmpty()) {
            // What cannot be compared is refused at once, and not when a second item comes.
            order.compare(item, item);
        }
        entries.add(new Entry<>(item, nextNumber++));
    }

    @Override
    public T take() {
        return entries.remove().item;
    }

    @Override
    public void putBack(T item) {
        entries.add(new Entry<>(item, nextReturned--));
    }

    @Override
    public int size() {
        return entries.size();
    }
}
