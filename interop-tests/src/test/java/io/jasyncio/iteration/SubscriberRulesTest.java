package io.jasyncio.iteration;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jasyncio.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;

/**
 * The rules of Reactive Streams for subscribers, by its own test kit: what stands behind a publisher that is iterated.
 */
class SubscriberRulesTest {

    @TestFactory
    Stream<DynamicTest> ofAnIteration() {
        return RuleKit.rulesOf(FlowSubscriberBlackboxVerification.class)
                .map(rule -> dynamicTest(rule.getName(), () -> {
                    try (var loop = new LoopThread()) {
                        RuleKit.check(rule, new Verification(loop.loop()));
                    }
                }));
    }

    private static final class Verification extends FlowSubscriberBlackboxVerification<Integer> {

        private final EventLoop loop;

        private Verification(EventLoop loop) {
            super(new TestEnvironment(RuleKit.SIGNAL_MILLIS, 50));
            this.loop = loop;
        }

        /** The subscriber of an iteration that goes on by itself. */
        @Override
        public Flow.Subscriber<Integer> createFlowSubscriber() {
            var subscriber = new CompletableFuture<Flow.Subscriber<? super Integer>>();
            var elements = Publishers.<Integer>fromPublisher(subscriber::complete);
            loop.submitStage(() -> elements.forEachAsync(element -> {}).exceptionally(failure -> null));
            return new Forwarding(subscriber.join());
        }

        @Override
        public Integer createElement(int number) {
            return number;
        }
    }

    /** Only gives the type of the elements its name again. */
    private record Forwarding(Flow.Subscriber<? super Integer> to) implements Flow.Subscriber<Integer> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(Integer element) {
            to.onNext(element);
        }

        @Override
        public void onError(Throwable failure) {
            to.onError(failure);
        }

        @Override
        public void onComplete() {
            to.onComplete();
        }
    }
}
