package io.jasyncio.iteration;

import java.util.concurrent.Flow;

/** A publisher for one subscriber at a time, worked by hand; it writes down what is asked of it. */
final class Source implements Flow.Publisher<Integer> {

    private Flow.Subscriber<? super Integer> subscriber;
    private String log = "";

    @Override
    public void subscribe(Flow.Subscriber<? super Integer> given) {
        subscriber = given;
        note("subscribe");
        given.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                note("request(" + count + ")");
            }

            @Override
            public void cancel() {
                note("cancel");
            }
        });
    }

    private void note(String word) {
        log += " " + word;
    }

    /** What was asked since the last call. */
    String log() {
        var words = log.strip();
        log = "";
        return words;
    }

    void next(int element) {
        subscriber.onNext(element);
    }

    void complete() {
        subscriber.onComplete();
    }

    void fail(Throwable failure) {
        subscriber.onError(failure);
    }
}
