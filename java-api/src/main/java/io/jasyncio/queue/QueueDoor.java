package io.jasyncio.queue;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.sync.AsyncLock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way in and out of an {@link AsyncQueue} for other threads; {@link AsyncQueue#door()} opens it.
 *
 * <pre>{@code
 * var door = queue.door();                  // on the loop
 * sensor.onReading(door::put);              // in the sensor's thread, which waits while the queue is full
 * }</pre>
 *
 * <p>Every call is a message to the loop, and the methods that block wait for its answer, also those that do not wait for
 * room or for an item. To send many items, {@link #putAsync} need not be waited for one by one. Order: items of one thread
 * come in the order in which it put them.
 *
 * <p>A call that is interrupted or runs out of time has not put or got anything; if the loop was quicker it has, and returns
 * as usual, with the interrupt still standing.
 *
 * <p>Thread rule: any thread but the loop's, which would wait for itself. When the loop is shut down whoever is blocked here
 * gets an {@link IllegalStateException}.
 *
 * @param <T> the type of the items
 */
public final class QueueDoor<T extends @Nullable Object> {

    private final LoopRuntime loop;
    private final AsyncQueue<T> queue;

    /** Held by the item that goes in next: on the loop itself, whoever is quick may overtake whoever waits (S90). */
    private final AsyncLock inOrder;

    QueueDoor(LoopRuntime loop, AsyncQueue<T> queue, AsyncLock inOrder) {
        this.loop = loop;
        this.queue = queue;
        this.inOrder = inOrder;
    }

    // ---- In --------------------------------------------------------------------------------------------------------

    /**
     * Puts an item; blocks while there is no room.
     *
     * @throws QueueShutDownException if the queue is or becomes shut down
     * @throws InterruptedException if the thread is interrupted; the item was not put
     */
    public void put(T item) throws InterruptedException {
        blocking("put", () -> putInOrder(item)).await();
    }

    /**
     * Puts an item if there is room.
     *
     * @return whether it was put
     * @throws QueueShutDownException if the queue was shut down
     */
    public boolean offer(T item) {
        return ask("offer", () -> {
            var hasRoom = !queue.isFull() && !othersWait();
            if (hasRoom || queue.isShutdown()) {
                queue.putNowait(item);
            }
            return hasRoom;
        });
    }

    /**
     * Puts an item; blocks for some time while there is no room.
     *
     * @return whether it was put
     * @throws QueueShutDownException if the queue is or becomes shut down
     * @throws InterruptedException if the thread is interrupted; the item was not put
     */
    public boolean offer(T item, Duration timeout) throws InterruptedException {
        var nanos = nanos(timeout);
        var request = blocking("offer", () -> putInOrder(item));
        if (!request.await(nanos)) {
            return false;
        }
        request.result();
        return true;
    }

    /**
     * Puts an item without blocking the thread.
     *
     * <p><b>Cancellation</b>: a request; the future ends when the loop has answered, cancelled if nothing was put.
     */
    public CompletableFuture<@Nullable Void> putAsync(T item) {
        return DoorRequest.send(loop, () -> putInOrder(item));
    }

    private CompletionStage<@Nullable Void> putInOrder(T item) {
        return othersWait() || queue.isFull()
                ? inOrder.withLockAsync(() -> queue.putAsync(item))
                : queue.putAsync(item);
    }

    private boolean othersWait() {
        return inOrder.isLocked() || !inOrder.waiters().isEmpty();
    }

    // ---- Out -------------------------------------------------------------------------------------------------------

    /**
     * Takes the next item; blocks while there is none.
     *
     * @throws QueueShutDownException once the queue is shut down and empty
     * @throws InterruptedException if the thread is interrupted; no item was taken
     */
    public T get() throws InterruptedException {
        return blocking("get", queue::getAsync).await();
    }

    /**
     * Takes the next item if there is one. For a queue whose items may be null use {@link #get}.
     *
     * @throws QueueShutDownException if there is none and the queue was shut down
     */
    public Optional<T> poll() {
        return ask(
                "poll", () -> queue.isEmpty() && !queue.isShutdown() ? Optional.empty() : present(queue.getNowait()));
    }

    /**
     * Takes the next item; blocks for some time while there is none. For a queue whose items may be null use {@link #get}.
     *
     * @throws QueueShutDownException once the queue is shut down and empty
     * @throws InterruptedException if the thread is interrupted; no item was taken
     */
    public Optional<T> poll(Duration timeout) throws InterruptedException {
        var nanos = nanos(timeout);
        var request = blocking("poll", () -> queue.getAsync().thenApply(this::present));
        return request.await(nanos) ? request.result() : Optional.empty();
    }

    /** On the loop: an item that no Optional can hold stays in the queue. */
    private Optional<T> present(T item) {
        if (item == null) {
            queue.putBack(item);
            throw new IllegalStateException(
                    "the next item of " + queue + " is null, which poll() cannot tell from none: use get()");
        }
        return Optional.of(item);
    }

    /**
     * Takes the next item without blocking the thread.
     *
     * <p><b>Cancellation</b>: a request; the future ends when the loop has answered, cancelled if no item was taken. Cancel
     * this very future: what is built on it with {@code thenApply} and the like is the JDK's, and passes no request on.
     */
    public CompletableFuture<T> getAsync() {
        return DoorRequest.send(loop, queue::getAsync);
    }

    // ---- Keeping count, shutting down ------------------------------------------------------------------------------

    /**
     * Says that an item that was got has been dealt with.
     *
     * @throws IllegalStateException if that has been said of all items already
     */
    public void taskDone() {
        tell("taskDone", queue::taskDone);
    }

    /**
     * Blocks until {@link #taskDone} was called for every item.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void join() throws InterruptedException {
        blocking("join", queue::joinAsync).await();
    }

    /** {@link AsyncQueue#shutdown(boolean)}. */
    public void shutdown(boolean immediate) {
        tell("shutdown", () -> queue.shutdown(immediate));
    }

    /** A time that no long can hold is as good as three centuries. */
    private static long nanos(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
            return 0;
        }
        return timeout.getSeconds() >= Long.MAX_VALUE / 1_000_000_000L ? Long.MAX_VALUE : timeout.toNanos();
    }

    // ---- Messages --------------------------------------------------------------------------------------------------

    private <R extends @Nullable Object> DoorRequest<R> blocking(
            String method, Supplier<? extends CompletionStage<R>> operation) {
        if (loop.isCurrent()) {
            throw new IllegalStateException(method + "() of the door of " + queue + " would block the loop that has to"
                    + " answer: on the loop use the queue itself");
        }
        return DoorRequest.send(loop, operation);
    }

    private void tell(String method, Runnable message) {
        ask(method, () -> {
            message.run();
            return true;
        });
    }

    /** A question that the loop answers at once. An interrupt does not break it off, but stands. */
    private <R> R ask(String method, Supplier<R> question) {
        return blocking(method, () -> loop.services().ended(question.get())).result();
    }
}
