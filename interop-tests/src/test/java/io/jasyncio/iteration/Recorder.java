package io.jasyncio.iteration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * A subscriber that writes down what it is told, from any thread: elements and errors as they are, the rest as words.
 */
class Recorder<T> implements Flow.Subscriber<T> {

    private final List<Object> signals = new ArrayList<>();
    private volatile Flow.Subscription subscription;

    final void request(long count) {
        subscription.request(count);
    }

    final void cancel() {
        subscription.cancel();
    }

    /** Takes all signals so far. */
    final synchronized List<Object> takeSignals() {
        var taken = List.copyOf(signals);
        signals.clear();
        return taken;
    }

    /** Blocks until so many signals have come. */
    final synchronized void awaitSignals(int count) throws InterruptedException {
        while (signals.size() < count) {
            wait();
        }
    }

    private synchronized void record(Object signal) {
        signals.add(signal);
        notifyAll();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        record("subscribed");
    }

    @Override
    public void onNext(T element) {
        record(element);
    }

    @Override
    public void onError(Throwable failure) {
        record(failure);
    }

    @Override
    public void onComplete() {
        record("complete");
    }
}
