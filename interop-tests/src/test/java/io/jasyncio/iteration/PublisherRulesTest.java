package io.jasyncio.iteration;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jasyncio.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Flow;
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
            super(new TestEnvironment(1_000, 50));
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
    }
}
