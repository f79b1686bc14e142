package io.jasyncio.iteration;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopBinding;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sequence that a direct-style body makes, one element at a time (Python's asynchronous generator).
 *
 * <pre>{@code
 * var ticks = AsyncGenerator.<Integer>of(out -> {
 *     for (var tick = 1; tick <= 3; tick++) {
 *         await(sleep(Duration.ofSeconds(1)));
 *         out.yield(tick);
 *     }
 * });
 * for (var tick : ticks.each()) {
 *     System.out.println(tick);
 * }
 * }</pre>
 *
 * <p>The body runs only while somebody asks for the next element, and stands at a {@code yield} otherwise. Asking
 * lets it go on at once, inside the call: a body that does not wait between two yields gives its elements without any
 * turn of the loop. It sees the {@linkplain io.jasyncio.Context context variables} of whoever asks, as in Python.
 * {@code currentTask()} inside is a task of the generator's own, which {@code allTasks()} does not list; so timeouts
 * and task groups of the body are its own business, and may well go on across a {@code yield}.
 *
 * <p>A generator is used up by one iteration; {@link AsyncIterable#generate} makes a new one for each. One that is
 * not iterated to its end should be closed. If nobody does, the loop closes it in an idle moment after it has become
 * garbage, or at the latest when the program ends ({@link io.jasyncio.EventLoop#shutdownAsyncGenerators}, S131).
 *
 * <p><b>Cancellation</b> of the one who waits for an element reaches what the body awaits, as a {@code
 * CancellationException} there. The body may catch it and go on: then the next element comes all the same. If it does
 * not, the generator has ended.
 *
 * <p>Thread rule: the loop's on which it is asked first.
 *
 * @param <T> the type of the elements
 */
public final class AsyncGenerator<T extends @Nullable Object> implements AsyncIterator<T>, AsyncIterable<T> {

    /** null once the body has started, or never will. */
    private @Nullable GeneratorBody<T> body;

    /** null before the start. */
    private @Nullable AsyncIterator<T> started;

    private AsyncGenerator(GeneratorBody<T> body) {
        this.body = body;
    }

    /** A generator whose body starts when the first element is asked for. Can be made anywhere. */
    public static <T extends @Nullable Object> AsyncGenerator<T> of(GeneratorBody<T> body) {
        return new AsyncGenerator<>(Objects.requireNonNull(body, "body"));
    }

    /**
     * Lets the body go on to its next {@code yield} or to its end. If the body does not have to wait, the stage has
     * ended when this returns. After the end, also by a failure, there is no next element for ever.
     *
     * <p><b>Cancellation</b>: reaches what the body awaits, as a {@code CancellationException} there. The body decides.
     *
     * @throws IllegalStateException if the body is running already, asked by somebody else or by itself; outside of a
     *     loop; or if the generator was started on another loop
     */
    @Override
    public LoopFuture<Boolean> hasNextAsync() {
        var loop = LoopBinding.current("hasNextAsync");
        var toStart = body;
        if (toStart != null) {
            body = null;
            started = loop.services().startGenerator(this, toStart);
        }
        return started == null ? loop.services().answer(false) : loop.services().futureOf(started.hasNextAsync());
    }

    @Override
    public T next() {
        if (started == null) {
            throw new NoSuchElementException("there is no next element: ask hasNextAsync() first");
        }
        return started.next();
    }

    /**
     * Ends the body: it goes on with a {@link GeneratorExit} at its {@code yield}, inside this call, so that its
     * {@code finally} blocks run, and this ends when the body has. A body that has not started never runs. An element
     * that was not taken is dropped. Idempotent.
     *
     * <p>Fails with what the body throws instead, and with an {@link IllegalStateException} if the body yields once
     * more.
     *
     * <p><b>Cancellation</b>: reaches what the body awaits in its {@code finally} blocks.
     *
     * @throws IllegalStateException if the body is running; outside of a loop; or if the generator was started on
     *     another loop
     */
    @Override
    public LoopFuture<@Nullable Void> closeAsync() {
        var loop = LoopBinding.current("closeAsync");
        body = null;
        return started == null ? loop.services().completed() : loop.services().futureOf(started.closeAsync());
    }

    /** This: a generator gives its elements once. */
    @Override
    public AsyncIterator<T> asyncIterator() {
        return this;
    }

    @Override
    public Iterable<T> each() {
        return AsyncIterator.super.each();
    }

    @Override
    public String toString() {
        if (started != null) {
            return started.toString();
        }
        return "AsyncGenerator[" + (body == null ? "closed" : "not started") + "]";
    }
}
