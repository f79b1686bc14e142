package io.jasyncio.iteration;

import io.jasyncio.ErrorContext;
import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One subscriber of a sequence: the task that goes through it, as far as there is demand. */
final class IterationSubscription<T> extends Traversal<T, @Nullable Void> implements Flow.Subscription {

    /** null once it must not be called any more. Read by any thread. */
    private volatile Flow.@Nullable Subscriber<? super T> subscriber;

    /** The rest belongs to the loop. */
    private long demand;

    /** What the task waits for while there is no demand. */
    private @Nullable LoopFuture<@Nullable Void> wanted;

    /** The subscriber has broken the rules of demand. */
    private @Nullable IllegalArgumentException refused;

    private @Nullable LoopFuture<@Nullable Void> task;

    private IterationSubscription(AsyncIterator<T> source, Flow.Subscriber<? super T> subscriber) {
        super(source);
        this.subscriber = subscriber;
    }

    /** From any thread. A subscriber that cannot be served is told so. */
    static <T> void begin(LoopRuntime loop, AsyncIterable<T> elements, Flow.Subscriber<? super T> subscriber) {
        try {
            loop.execute(() -> beginOnLoop(loop, elements, subscriber));
        } catch (IllegalStateException closed) {
            refuse(subscriber, closed);
        }
    }

    private static <T> void beginOnLoop(
            LoopRuntime loop, AsyncIterable<T> elements, Flow.Subscriber<? super T> subscriber) {
        AsyncIterator<T> iterator;
        try {
            iterator = elements.asyncIterator();
        } catch (Throwable failure) {
            refuse(subscriber, failure);
            return;
        }
        var subscription = new IterationSubscription<T>(iterator, subscriber);
        try {
            subscriber.onSubscribe(subscription);
        } catch (Throwable failure) {
            subscription.subscriber = null;
            subscription.report(failure);
        }
        subscription.task = loop.services().startSteps(subscription);
    }

    private static void refuse(Flow.Subscriber<?> subscriber, Throwable reason) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {}
        });
        subscriber.onError(reason);
    }

    // ---- The subscriber's side: any thread ------------------------------------------------------------------------

    @Override
    public void request(long count) {
        if (loop.isCurrent()) {
            addDemand(count);
        } else {
            loop.schedule(() -> addDemand(count));
        }
    }

    private void addDemand(long count) {
        if (count <= 0) {
            refused = new IllegalArgumentException(
                    "request(" + count + "): the number of elements must be positive (rule 3.9 of Reactive Streams)");
            breakOff();
            return;
        }
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
        wakeUp();
    }

    @Override
    public void cancel() {
        subscriber = null;
        if (loop.isCurrent()) {
            breakOff();
        } else {
            loop.schedule(this::breakOff);
        }
    }

    /** Ends the iteration, wherever it stands. A closing that has begun goes on. */
    private void breakOff() {
        if (isAtEnd()) {
            return;
        }
        finish();
        if (!wakeUp() && task != null) {
            task.cancel();
        }
    }

    private boolean wakeUp() {
        var waiting = wanted;
        wanted = null;
        return waiting != null && waiting.complete(null);
    }

    // ---- The task --------------------------------------------------------------------------------------------------

    @Override
    boolean isSatisfied() {
        if (subscriber == null) {
            finish();
        }
        return super.isSatisfied();
    }

    @Override
    @Nullable
    CompletionStage<?> beforeAsking() {
        if (demand > 0) {
            return null;
        }
        wanted = loop.createFuture();
        return wanted;
    }

    @Override
    @Nullable
    CompletionStage<?> accept(T element) {
        var receiver = subscriber;
        if (receiver == null || refused != null) {
            return null;
        }
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        if (element == null) {
            throw new NullPointerException("a null element cannot be published");
        }
        try {
            receiver.onNext(element);
        } catch (Throwable failure) {
            subscriber = null;
            report(failure);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> step(@Nullable CancellationException cancelled) {
        try {
            var awaited = super.step(cancelled);
            if (awaited == null) {
                end(null);
            }
            return awaited;
        } catch (Throwable failure) {
            end(failure);
            return null;
        }
    }

    private void end(@Nullable Throwable failure) {
        var receiver = subscriber;
        subscriber = null;
        if (receiver == null) {
            if (failure != null && !(failure instanceof CancellationException)) {
                report(failure);
            }
            return;
        }
        try {
            var reason = refused == null ? failure : refused;
            if (reason == null) {
                receiver.onComplete();
            } else {
                receiver.onError(reason);
            }
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    private void report(Throwable failure) {
        loop.callExceptionHandler(new ErrorContext("unhandled exception of a subscription", failure, this));
    }

    @Override
    public @Nullable Void result() {
        return null;
    }
}
