package io.jasyncio.queue;

import io.jasyncio.LoopFuture;
import io.jasyncio.TurnFuture;
import io.jasyncio.WaitQueue;
import io.jasyncio.iteration.AsyncIterable;
import io.jasyncio.iteration.AsyncIterator;
import io.jasyncio.spi.LoopBinding;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.sync.AsyncLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue between tasks, first in first out (asyncio's {@code Queue}, S90-S96). A bounded one makes fast producers wait for
 * slow consumers.
 *
 * <pre>{@code
 * await(queue.putAsync(order));            // a producer
 *
 * for (var order : queue.each()) {         // a consumer, until queue.shutdown()
 *     ship(order);
 *     queue.taskDone();
 * }
 * }</pre>
 *
 * <p>No item is lost or doubled by cancellation: an item leaves the queue in the very moment in which the one who asked for
 * it goes on (S91).
 *
 * <p>Thread rule: the loop's. Other threads go through the {@link #door}. Belongs to the first loop on which somebody had to
 * wait for it (S89); until then it can be filled anywhere.
 *
 * @param <T> the type of the items; null is an item like any other
 */
public class AsyncQueue<T extends @Nullable Object> implements AsyncIterable<T> {

    private final LoopBinding binding =
            new LoopBinding("call door() on the loop, and give what it returns to other threads");
    private final Store<T> store;
    private final Line getters = new Line(() -> !isEmpty());
    private final Line putters = new Line(() -> !isFull());
    private final Line joiners = new Line(() -> false);
    private final int maxSize;

    /** What goes in through the doors, all of them, does so in order; null as long as there is none. */
    private @Nullable AsyncLock doorLock;

    /** Items that were put and that {@link #taskDone} was not called for. */
    private int unfinished;

    private boolean shutDown;

    /** A queue without a bound. */
    public AsyncQueue() {
        this(0);
    }

    /**
     * A queue that holds so many items at most.
     *
     * @param maxSize 0 for no bound
     * @throws IllegalArgumentException if it is negative
     */
    public AsyncQueue(int maxSize) {
        this(maxSize, new RingStore<>(false));
    }

    AsyncQueue(int maxSize, Store<T> store) {
        if (maxSize < 0) {
            throw new IllegalArgumentException("maxSize is " + maxSize + ": use 0 for a queue without a bound");
        }
        this.maxSize = maxSize;
        this.store = store;
    }

    // ---- Sizes -----------------------------------------------------------------------------------------------------

    /** How many items are there. asyncio's {@code qsize}. */
    public final int size() {
        return store.size();
    }

    /** Whether there is nothing to get. */
    public final boolean isEmpty() {
        return store.size() == 0;
    }

    /** Whether there is no room to put anything. */
    public final boolean isFull() {
        return maxSize > 0 && store.size() >= maxSize;
    }

    /** How many items it holds at most; 0 for no bound. */
    public final int maxSize() {
        return maxSize;
    }

    /** How many items were put and not reported {@linkplain #taskDone done}. */
    public final int unfinished() {
        return unfinished;
    }

    /** Whether {@link #shutdown} was called. */
    public final boolean isShutdown() {
        return shutDown;
    }

    // ---- Putting ---------------------------------------------------------------------------------------------------

    /**
     * Puts an item, and waits for room if there is none.
     *
     * <p>Fails with {@link QueueShutDownException} if the queue is or becomes shut down.
     *
     * <p><b>Cancellation</b>: the item was not put.
     *
     * @throws IllegalStateException outside of a loop, or if the queue belongs to another loop
     */
    public final LoopFuture<@Nullable Void> putAsync(T item) {
        var loop = binding.use("putAsync");
        if (!isFull() && !shutDown) {
            add(item);
            return loop.services().completed();
        }
        var wait = new PutFuture<>(binding.bind(this, "putAsync"), this, item);
        wait.putOrWait();
        return wait;
    }

    /**
     * Puts an item without waiting.
     *
     * @throws QueueFullException if there is no room
     * @throws QueueShutDownException if the queue was shut down
     */
    public final void putNowait(T item) {
        binding.check("putNowait");
        if (shutDown) {
            throw shutDownException("put into");
        }
        if (isFull()) {
            throw new QueueFullException("no room in " + this + ": use putAsync(item) to wait for it");
        }
        add(item);
    }

    final void add(T item) {
        try {
            store.add(item);
        } catch (RuntimeException refused) {
            // What cannot be compared: then the room is for somebody else.
            putters.missed();
            throw refused;
        }
        unfinished++;
        getters.next();
    }

    // ---- Getting ---------------------------------------------------------------------------------------------------

    /**
     * Takes the next item, and waits for it if there is none.
     *
     * <p>Fails with {@link QueueShutDownException} once the queue is shut down and empty.
     *
     * <p><b>Cancellation</b>: no item is taken.
     *
     * @throws IllegalStateException outside of a loop, or if the queue belongs to another loop
     */
    public final LoopFuture<T> getAsync() {
        var loop = binding.use("getAsync");
        if (!isEmpty()) {
            return loop.services().ended(take());
        }
        var wait = new GetFuture.OfItem<>(bind("getAsync"), this);
        wait.takeOrWait();
        return wait;
    }

    /**
     * Takes the next item without waiting.
     *
     * @throws QueueEmptyException if there is none
     * @throws QueueShutDownException if there is none and the queue was shut down
     */
    public final T getNowait() {
        binding.check("getNowait");
        if (!isEmpty()) {
            return take();
        }
        if (shutDown) {
            throw shutDownException("get from");
        }
        throw new QueueEmptyException("nothing in " + this + ": use getAsync() to wait for an item");
    }

    final T take() {
        var item = store.take();
        putters.next();
        return item;
    }

    /** The one who was to have it does not take it: the item is the next one again, and not the last (S96). */
    final void putBack(T item) {
        store.putBack(item);
        getters.next();
    }

    /** Gets until the queue is shut down and empty. Does not call {@link #taskDone}. */
    @Override
    public final AsyncIterator<T> asyncIterator() {
        return new QueueIterator<>(this);
    }

    // ---- Keeping count ---------------------------------------------------------------------------------------------

    /**
     * Says that an item that was got has been dealt with.
     *
     * @throws IllegalStateException if that has been said of all items already (S92)
     */
    public final void taskDone() {
        binding.check("taskDone");
        if (unfinished == 0) {
            throw new IllegalStateException("taskDone() was called more often than items were put into " + this);
        }
        if (--unfinished == 0) {
            joiners.everybody();
        }
    }

    /**
     * Waits until {@link #taskDone} was called for every item; not at all if nothing is left to do.
     *
     * <p><b>Cancellation</b>: ends the wait alone.
     *
     * @throws IllegalStateException outside of a loop, or if the queue belongs to another loop
     */
    public final LoopFuture<@Nullable Void> joinAsync() {
        var loop = binding.use("joinAsync");
        if (unfinished == 0) {
            return loop.services().completed();
        }
        return new TurnFuture<>(bind("joinAsync"), joiners, null);
    }

    // ---- Shutting down ---------------------------------------------------------------------------------------------

    /** Lets nothing more in; what is there can still be got (S93). Idempotent. */
    public final void shutdown() {
        shutdown(false);
    }

    /**
     * Lets nothing more in: who puts, or waits for room, gets a {@link QueueShutDownException}; so does who gets, once there
     * is nothing left (S93).
     *
     * @param immediate drops what is there, and counts each item as done (S94)
     */
    public final void shutdown(boolean immediate) {
        binding.check("shutdown");
        shutDown = true;
        if (immediate) {
            dropAll();
        }
        getters.everybody();
        putters.everybody();
    }

    private void dropAll() {
        while (!isEmpty()) {
            store.take();
            if (unfinished > 0) {
                unfinished--;
            }
        }
        if (unfinished == 0) {
            joiners.everybody();
        }
    }

    final QueueShutDownException shutDownException(String what) {
        return new QueueShutDownException("cannot " + what + " a queue that was shut down: " + this);
    }

    // ---- Other threads ---------------------------------------------------------------------------------------------

    /**
     * The way in and out for other threads, which may block there. To be called on the loop; what it returns is for every
     * other thread.
     *
     * @throws IllegalStateException outside of a loop, or if the queue belongs to another loop
     */
    public final QueueDoor<T> door() {
        if (doorLock == null) {
            doorLock = new AsyncLock();
        }
        return new QueueDoor<>(bind("door"), this, doorLock);
    }

    final LoopRuntime bind(String method) {
        return binding.bind(this, method);
    }

    // ---- Those who wait --------------------------------------------------------------------------------------------

    /** Those who wait for an item. */
    public final WaitQueue getters() {
        return getters;
    }

    /** Those who wait for room. */
    public final WaitQueue putters() {
        return putters;
    }

    /** Somebody whose turn it was has no use for it any more: others may have. */
    final void passOn() {
        getters.missed();
        putters.missed();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + size() + (maxSize > 0 ? " of " + maxSize : "") + " items"
                + (shutDown ? ", shut down" : "") + "]";
    }

    /** Nothing is set aside for who was woken: when his turn has come he looks whether there is something for him (S90). */
    private final class Line extends WaitQueue {

        private final BooleanSupplier isThereSomething;

        Line(BooleanSupplier isThereSomething) {
            super(AsyncQueue.this, binding);
            this.isThereSomething = isThereSomething;
        }

        void next() {
            wakeFirst();
        }

        void everybody() {
            wakeAll();
        }

        @Override
        protected void missed() {
            if (isThereSomething.getAsBoolean()) {
                wakeFirst();
            }
        }
    }
}
