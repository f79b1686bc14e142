package io.jasyncio.iteration;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sequences as publishers and publishers as sequences; the rules of Reactive Streams are checked by its own kit
 * besides.
 */
@ExtendWith(AsyncioExtension.class)
class PublishersTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static AsyncIterable<Integer> numbers(int last, Runnable onClose) {
        return AsyncIterable.generate(out -> {
            try {
                for (var i = 1; i <= last; i++) {
                    out.yield(i);
                }
            } finally {
                onClose.run();
            }
        });
    }

    private static <T> Recorder<T> subscribe(AsyncIterable<T> elements) throws Exception {
        var recorder = new Recorder<T>();
        Publishers.toPublisher(elements, EventLoop.current()).subscribe(recorder);
        await(sleep(TICK));
        return recorder;
    }

    private static List<Object> after(Recorder<?> recorder) throws Exception {
        await(sleep(SECOND));
        return recorder.takeSignals();
    }

    // ---- A sequence as a publisher -----------------------------------------------------------------------------

    @Test
    void asManyElementsComeAsWereRequested(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var recorder = subscribe(numbers(3, () -> steps.expect(2)));
            assertEquals(List.of("subscribed"), after(recorder));
            recorder.request(2);
            assertEquals(List.of(1, 2), after(recorder));
            recorder.request(1);
            assertEquals(List.of(3), after(recorder));
            steps.expect(1);
            recorder.request(1);
            assertEquals(List.of("complete"), after(recorder));
            steps.finish(3);
        });
    }

    @Test
    void eachSubscriberHasAnIterationOfItsOwn() throws Exception {
        VirtualTime.run(() -> {
            var publisher = Publishers.toPublisher(AsyncIterable.of("a", "b"), EventLoop.current());
            var first = new Recorder<String>();
            var second = new Recorder<String>();
            publisher.subscribe(first);
            publisher.subscribe(second);
            await(sleep(TICK));
            first.request(1);
            second.request(Long.MAX_VALUE);
            second.request(Long.MAX_VALUE);
            assertEquals(List.of("subscribed", "a"), after(first));
            assertEquals(List.of("subscribed", "a", "b", "complete"), after(second));
            first.cancel();
            assertEquals(List.of(), after(first));
        });
    }

    @Test
    void aRequestForNothingIsAnError(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var recorder = subscribe(numbers(3, () -> steps.expect(1)));
            recorder.request(1);
            assertEquals(List.of("subscribed", 1), after(recorder));
            recorder.request(0);
            recorder.request(1);
            var signals = after(recorder);
            assertEquals(1, signals.size());
            var error = assertInstanceOf(IllegalArgumentException.class, signals.get(0));
            assertTrue(error.getMessage().contains("3.9"), error.getMessage());
            steps.finish(2);
        });
    }

    @Test
    void cancellingReachesWhatIsAwaitedAndClosesTheIterator(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var never = EventLoop.current().<Integer>createFuture();
            var recorder = subscribe(AsyncIterable.<Integer>generate(out -> {
                try {
                    out.yield(await(never));
                } finally {
                    await(sleep(SECOND));
                    steps.expect(2);
                }
            }));
            recorder.request(1);
            await(sleep(TICK));
            steps.expect(1);
            recorder.cancel();
            assertTrue(never.isCancelled());
            assertEquals(List.of("subscribed"), after(recorder));
            await(sleep(SECOND));
            recorder.request(1);
            recorder.cancel();
            assertEquals(List.of(), after(recorder));
            steps.finish(3);
        });
    }

    @Test
    void aFailureIsAnErrorAfterTheClosing() throws Exception {
        VirtualTime.run(() -> {
            var recorder = subscribe(AsyncIterable.<Integer>generate(out -> {
                out.yield(1);
                throw new IOException("broken");
            }));
            recorder.request(5);
            var signals = after(recorder);
            assertEquals(List.of("subscribed", 1), signals.subList(0, 2));
            assertInstanceOf(IOException.class, signals.get(2));
            var noIterator = subscribe(AsyncIterable.<Integer>from(() -> {
                throw new IllegalStateException();
            }));
            assertInstanceOf(IllegalStateException.class, after(noIterator).get(1));
            var withNull = subscribe(AsyncIterable.<Integer>of((Integer) null));
            withNull.request(1);
            assertInstanceOf(NullPointerException.class, after(withNull).get(1));
        });
    }

    @Test
    void aSubscriberThatThrowsIsCancelledAndReported(Steps steps, ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            var recorder = new Recorder<Integer>() {
                @Override
                public void onNext(Integer element) {
                    throw new IllegalStateException("cannot take " + element);
                }
            };
            Publishers.toPublisher(numbers(3, () -> steps.expect(1)), EventLoop.current())
                    .subscribe(recorder);
            await(sleep(TICK));
            recorder.request(3);
            assertEquals(List.of("subscribed"), after(recorder));
            assertEquals("cannot take 1", errors.takeException().getMessage());
            steps.finish(2);
        });
    }

    @Test
    void subscribersComeFromAnyThread() throws Exception {
        Asyncio.run(() -> {
            var publisher = Publishers.toPublisher(numbers(100, () -> {}), EventLoop.current());
            var sum = toThread(() -> {
                var recorder = new Recorder<Integer>();
                publisher.subscribe(recorder);
                recorder.awaitSignals(1);
                for (var i = 1; i <= 101; i++) {
                    recorder.request(1);
                    recorder.awaitSignals(i + 1);
                }
                var signals = recorder.takeSignals();
                assertEquals("complete", signals.get(101));
                return signals.subList(1, 101).stream()
                        .mapToInt(i -> (Integer) i)
                        .sum();
            });
            assertEquals(5050, await(sum));
        });
    }

    @Test
    void theEndOfTheProgramIsAnError(Steps steps) throws Exception {
        var recorder = new AtomicReference<Recorder<Integer>>();
        var publisher = new AtomicReference<Flow.Publisher<Integer>>();
        VirtualTime.run(() -> {
            recorder.set(subscribe(numbers(3, () -> steps.expect(1))));
            recorder.get().request(1);
            publisher.set(Publishers.toPublisher(numbers(3, steps::unreached), EventLoop.current()));
        });
        assertInstanceOf(
                CancellationException.class, recorder.get().takeSignals().get(2));
        recorder.get().request(1);
        recorder.get().cancel();
        var late = new Recorder<Integer>();
        publisher.get().subscribe(late);
        assertInstanceOf(IllegalStateException.class, late.takeSignals().get(1));
        steps.finish(2);
    }

    // ---- A publisher as a sequence -----------------------------------------------------------------------------

    @Test
    void aPublisherOnOtherThreadsIsASequence() throws Exception {
        Asyncio.run(() -> {
            try (var publisher = new SubmissionPublisher<Integer>()) {
                var sum = Publishers.fromPublisher(publisher).take(100).collectAsync(Collectors.summingInt(i -> i));
                await(toThread(() -> {
                    for (var i = 1; publisher.hasSubscribers() && i <= 200; i++) {
                        publisher.submit(i);
                    }
                }));
                assertEquals(5050, await(sum));
            }
        });
    }

    @Test
    void itIsAskedForOneElementAtATime() throws Exception {
        VirtualTime.run(() -> {
            var source = new Source();
            var iterator = Publishers.fromPublisher(source).asyncIterator();
            assertEquals("", source.log());
            var asked = iterator.hasNextAsync().toCompletableFuture();
            assertEquals("subscribe request(1)", source.log());
            assertFalse(asked.isDone());
            source.next(1);
            assertTrue(await(asked));
            assertTrue(await(iterator.hasNextAsync()));
            assertEquals(1, iterator.next());
            assertEquals("", source.log());
            asked = iterator.hasNextAsync().toCompletableFuture();
            assertEquals("request(1)", source.log());
            source.complete();
            assertFalse(await(asked));
            assertFalse(await(iterator.hasNextAsync()));
            await(iterator.closeAsync());
            assertEquals("", source.log());
        });
    }

    @Test
    void aCancelledWaitKeepsTheElementForTheNextOne() throws Exception {
        VirtualTime.run(() -> {
            var source = new Source();
            var iterator = Publishers.fromPublisher(source).asyncIterator();
            var consumer = createTask(() -> await(iterator.hasNextAsync()));
            await(sleep(TICK));
            consumer.cancel();
            assertThrows(CancellationException.class, () -> await(consumer));
            assertEquals("subscribe request(1)", source.log());
            var asked = iterator.hasNextAsync();
            assertEquals("", source.log());
            source.next(7);
            assertTrue(await(asked));
            assertEquals(7, iterator.next());
            await(iterator.closeAsync());
            assertEquals("cancel", source.log());
        });
    }

    @Test
    void itsErrorIsTheFailureAndTheEnd() throws Exception {
        VirtualTime.run(() -> {
            var source = new Source();
            var iterator = Publishers.fromPublisher(source).asyncIterator();
            var asked = iterator.hasNextAsync();
            source.fail(new IOException("broken"));
            assertThrows(IOException.class, () -> await(asked));
            assertFalse(await(iterator.hasNextAsync()));
            Flow.Publisher<Integer> refusing = subscriber -> {
                throw new IllegalStateException("no subscribers, please");
            };
            assertThrows(
                    IllegalStateException.class,
                    () -> await(Publishers.fromPublisher(refusing).toListAsync()));
        });
    }

    @Test
    void leavingEarlyCancelsTheSubscription() throws Exception {
        VirtualTime.run(() -> {
            var source = new Source();
            var taken = Publishers.fromPublisher(source).take(1).toListAsync();
            source.next(1);
            assertEquals(List.of(1), await(taken));
            assertEquals("subscribe request(1) cancel", source.log());
            var neverAsked = Publishers.fromPublisher(source).asyncIterator();
            await(neverAsked.closeAsync());
            assertFalse(await(neverAsked.hasNextAsync()));
            assertEquals("", source.log());
        });
    }

    @Test
    void thereAndBackAgain() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var there = Publishers.toPublisher(AsyncIterable.of(1, 2, 3).mapAsync(i -> sleep(SECOND, i)), loop);
            assertEquals(List.of(1, 2, 3), await(Publishers.fromPublisher(there).toListAsync()));
            assertEquals(Duration.ofSeconds(3), VirtualTime.elapsed());
        });
    }
}
