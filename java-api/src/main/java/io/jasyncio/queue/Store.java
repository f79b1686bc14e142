package io.jasyncio.queue;

import org.jspecify.annotations.Nullable;

/** What a queue keeps its items in: decides which one comes next. */
interface Store<T extends @Nullable Object> {

    /** Adds an item. */
    void add(T item);

    /** Takes the next item; only if there is one. */
    T take();

    /** Puts back the item that was taken last, so that it is the next one again. */
    void putBack(T item);

    int size();
}
