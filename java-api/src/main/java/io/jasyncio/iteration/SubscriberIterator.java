package io.jasyncio.iteration;

import io.jasyncio.spi.LoopBinding;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * An iteration of a publisher. The loop asks, any thread answers; guarded by {@code this}, which is never held while
 * somebody else is called.
 */
final class SubscriberIterator<T> implements AsyncIterator<T>, Flow.Subscriber<T> {

    private final Flow.Publisher<? extends T> publisher;
    private boolean subscribed;
    private Flow.@Nullable Subscription subscription;

    /** An element was requested and has not come. */
    private boolean requested;

    private @Nullable T element;
    private boolean ended;

    /** Why it has ended, until somebody was told. */
    private @Nullable Throwable failure;

    private @Nullable CompletableFuture<Boolean> waiter;

    SubscriberIterator(Flow.Publisher<? extends T> publisher) {
        this.publisher = publisher;
    }

    // ---- The loop's side -------------------------------------------------------------------------------------------

    @Override
    public CompletionStage<Boolean> hasNextAsync() {
        var services = LoopBinding.current("hasNextAsync").services();
        CompletableFuture<Boolean> answer;
        synchronized (this) {
            if (waiter != null && !waiter.isDone()) {
                throw new IllegalStateException(
                        "hasNextAsync() was called while somebody waits for the next element of this iterator");
            }
            if (failure != null) {
                var reason = failure;
                failure = null;
                return services.failed(reason);
            }
            if (element != null || ended) {
                return services.answer(element != null);
            }
            answer = new CompletableFuture<>();
            waiter = answer;
        }
        ask();
        return services.futureOf(answer);
    }

    private void ask() {
        boolean first;
        synchronized (this) {
            first = !subscribed;
            subscribed = true;
        }
        if (first) {
            try {
                publisher.subscribe(this);
            } catch (Throwable failed) {
                onError(failed);
            }
        } else {
            requestOne();
        }
    }

    /** Unless an element is on its way, or there is nobody yet to send one. */
    private void requestOne() {
        Flow.Subscription toAsk;
        synchronized (this) {
            toAsk = requested || waiter == null ? null : subscription;
            requested |= toAsk != null;
        }
        if (toAsk != null) {
            toAsk.request(1);
        }
    }

    @Override
    public synchronized T next() {
        var next = element;
        if (next == null) {
            throw new NoSuchElementException("there is no next element: ask hasNextAsync() first");
        }
        element = null;
        return next;
    }

    @Override
    public CompletionStage<@Nullable Void> closeAsync() {
        Flow.Subscription toCancel;
        synchronized (this) {
            toCancel = subscription;
            subscription = null;
            subscribed = true;
            element = null;
            failure = null;
        }
        if (toCancel != null) {
            toCancel.cancel();
        }
        end(null);
        return LoopBinding.current("closeAsync").services().completed();
    }

    // ---- The publisher's side: any thread --------------------------------------------------------------------------

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription");
        boolean refused;
        synchronized (this) {
            // A second one is refused by rule 2.5.
            refused = ended || subscription != null;
            if (!refused) {
                subscription = given;
            }
        }
        if (refused) {
            given.cancel();
        } else {
            requestOne();
        }
    }

    @Override
    public void onNext(T next) {
        Objects.requireNonNull(next, "element");
        CompletableFuture<Boolean> told;
        synchronized (this) {
            if (ended || !requested) {
                // Late after a cancellation; a publisher that sends what nobody has requested breaks rule 1.1.
                return;
            }
            requested = false;
            element = next;
            told = waiter;
            waiter = null;
        }
        if (told != null) {
            told.complete(true);
        }
    }

    @Override
    public void onError(Throwable reason) {
        end(Objects.requireNonNull(reason, "reason"));
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable reason) {
        CompletableFuture<Boolean> told;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            subscription = null;
            told = waiter;
            waiter = null;
            if (told == null || told.isDone()) {
                failure = reason;
                return;
            }
        }
        if (reason == null) {
            told.complete(false);
        } else {
            told.completeExceptionally(reason);
        }
    }
}
