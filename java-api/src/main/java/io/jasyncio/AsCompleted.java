package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Reclaiming;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they end; see {@link Asyncio#asCompleted} (S79).
 *
 * <pre>{@code
 * for (var next : asCompleted(downloads)) {
 *     System.out.println(await(next));
 * }
 * }</pre>
 *
 * <p>Iterating gives a future for the result of the first that ends, then of the second, and so on. {@link #nextAsync()}
 * gives the original futures themselves.
 *
 * @param <T> the type of the results
 * @param <F> the type of the futures
 */
public final class AsCompleted<T extends @Nullable Object, F extends LoopFuture<? extends T>>
        implements Iterable<LoopFuture<T>> {

    private final LoopRuntime loop;
    private final Set<F> pending;
    private final ArrayDeque<F> ended = new ArrayDeque<>();
    private final ArrayDeque<LoopFuture<F>> waiters = new ArrayDeque<>();
    private final Consumer<LoopFuture<?>> onDone = this::futureEnded;
    private final int size;
    private int handedOut;
    private boolean timedOut;
    private final @Nullable Duration timeout;
    private @Nullable TimerHandle timer;

    AsCompleted(LoopRuntime loop, Collection<F> futures, @Nullable Duration timeout) {
        this.loop = loop;
        this.pending = new LinkedHashSet<>(futures);
        this.size = pending.size();
        this.timeout = timeout;
    }

    AsCompleted<T, F> start() {
        pending.forEach(future -> ForeignStage.requireLoop(loop, future));
        if (timeout != null && size > 0) {
            timer = loop.callLater(timeout, this::expire);
        }
        pending.forEach(future -> future.addDoneCallback(onDone, null));
        return this;
    }

    /** Whether there is another future to hand out. */
    public boolean hasNext() {
        return handedOut < size;
    }

    /**
     * The next of the original futures to end.
     *
     * <p>Fails with a {@link TimeoutException} when the time is over; the futures that have not ended go on.
     *
     * <p><b>Cancellation</b>: the place in the line is given up; the next call gets the future instead.
     *
     * @throws NoSuchElementException if all were handed out
     */
    public LoopFuture<F> nextAsync() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + size + " futures were handed out already");
        }
        handedOut++;
        var next = new NextFuture();
        var first = ended.poll();
        if (first != null) {
            next.finish(first);
        } else if (timedOut) {
            next.fail(WaitFor.timedOut(timeout, new TimeoutException()));
        } else {
            waiters.add(next);
        }
        return next;
    }

    /** Futures of the results, in the order in which they come. */
    @Override
    public Iterator<LoopFuture<T>> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return AsCompleted.this.hasNext();
            }

            @Override
            public LoopFuture<T> next() {
                return new NextResult<T>(loop, nextAsync()).start();
            }
        };
    }

    @SuppressWarnings("unchecked") // only futures of the collection are listened to
    private void futureEnded(LoopFuture<?> future) {
        if (!pending.remove(future)) {
            return;
        }
        if (pending.isEmpty() && timer != null) {
            timer.cancel();
        }
        var waiter = waiters.poll();
        if (waiter == null) {
            ended.add((F) future);
        } else {
            waiter.finish((F) future);
        }
    }

    private void expire() {
        timedOut = true;
        pending.forEach(future -> future.removeDoneCallback(onDone));
        pending.clear();
        for (var waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            waiter.fail(WaitFor.timedOut(timeout, new TimeoutException()));
        }
    }

    /** The one who awaited it was cancelled in the same pass: it goes to the next. */
    private void giveBack(F future) {
        handedOut--;
        var waiter = waiters.poll();
        if (waiter == null) {
            ended.addFirst(future);
        } else {
            waiter.finish(future);
        }
    }

    /** A place in the line. */
    private final class NextFuture extends LoopFuture<F> implements Reclaiming {
        NextFuture() {
            super(AsCompleted.this.loop);
        }

        @Override
        public void valueNotTaken() {
            giveBack(takeResult());
        }

        @Override
        boolean cancelHere(@Nullable String message) {
            if (waiters.remove(this)) {
                handedOut--;
            }
            return super.cancelHere(message);
        }
    }

    /** The result of a future that is not known yet. */
    private static final class NextResult<T extends @Nullable Object> extends LoopFuture<T> implements Reclaiming {

        private final LoopFuture<? extends LoopFuture<? extends T>> place;

        NextResult(LoopRuntime loop, LoopFuture<? extends LoopFuture<? extends T>> place) {
            super(loop);
            this.place = place;
        }

        LoopFuture<T> start() {
            place.addListener(known -> {
                var failure = place.failureOrNull();
                if (failure == null) {
                    take(place.takeResult());
                } else {
                    fail(failure);
                }
            });
            return this;
        }

        private void take(LoopFuture<? extends T> ended) {
            var failure = ended.failureOrNull();
            if (failure == null) {
                finish(ended.takeResult());
            } else {
                fail(failure);
            }
        }

        @Override
        public void valueNotTaken() {
            SteppingTask.reclaim(place);
        }

        @Override
        LoopFuture<?> passCancel(@Nullable String message) {
            return place;
        }
    }
}
