package io.jasyncio.iteration;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jasyncio.EventLoop;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** The rules of Reactive Streams for publishers, by its own test kit, which was written for another test runner. */
class PublisherRulesTest {

    @TestFactory
    Stream<DynamicTest> ofElementsThatAreThere() {
        return rules(
                count -> AsyncIterable.from(() -> LongStream.range(0, count).iterator()));
    }

    @TestFactory
    Stream<DynamicTest> ofElementsThatComeWithTime() {
        return rules(count -> AsyncIterable.generate(out -> {
            for (var i = 0L; i < count; i++) {
                await(sleep(Duration.ZERO));
                out.yield(i);
            }
        }));
    }

    private static Stream<DynamicTest> rules(Elements elements) {
        return RuleKit.rulesOf(FlowPublisherVerification.class)
                .map(rule -> dynamicTest(rule.getName(), () -> {
                    try (var loop = new LoopThread()) {
                        RuleKit.check(rule, new Verification(loop.loop(), elements));
                    }
                }));
    }

    private interface Elements {
        AsyncIterable<Long> upTo(long count);
    }

    private static final class Verification extends FlowPublisherVerification<Long> {

        private final EventLoop loop;
        private final Elements elements;

        private Verification(EventLoop loop, Elements elements) {
            super(new TestEnvironment(RuleKit.SIGNAL_MILLIS, 50));
            this.loop = loop;
            this.elements = elements;
        }

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long count) {
            return Publishers.toPublisher(elements.upTo(count), loop);
        }

        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            AsyncIterable<Long> failing = AsyncIterable.from(() -> {
                throw new IllegalStateException("no elements today", new IOException());
            });
            return Publishers.toPublisher(failing, loop);
        }

        /**
         * The kit's own check gives the loop a third of a second and the collector a tenth, whatever else the machine does.
         * Here both have the time that they need.
         */
        @Override
        public void required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
                throws Throwable {
            var publisher = createFlowPublisher(3);
            var dropped = new ReferenceQueue<Object>();
            var subscriber = subscribeAndCancel(publisher, dropped);
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            do {
                assertTrue(System.nanoTime() < end, "the publisher keeps a subscriber that has cancelled");
                System.gc();
            } while (dropped.remove(100) != subscriber);
            Reference.reachabilityFence(publisher);
        }

        private static Reference<?> subscribeAndCancel(Flow.Publisher<Long> publisher, ReferenceQueue<Object> dropped) {
            var cancelled = new CompletableFuture<Void>();
            var subscriber = new OneElement(cancelled);
            publisher.subscribe(subscriber);
            cancelled.join();
            return new WeakReference<>(subscriber, dropped);
        }
    }

    /** Takes one element, and cancels. */
    private static final class OneElement implements Flow.Subscriber<Long> {

        private final CompletableFuture<Void> cancelled;
        private Flow.Subscription subscription;

        private OneElement(CompletableFuture<Void> cancelled) {
            this.cancelled = cancelled;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(Long element) {
            subscription.cancel();
            cancelled.complete(null);
        }

        @Override
        public void onError(Throwable failure) {
            cancelled.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            cancelled.completeExceptionally(new AssertionError("the end comes after a cancellation"));
        }
    }
}
