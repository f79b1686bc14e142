package io.jasyncio.iteration;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operators of a sequence: each element in turn, nothing ahead of time, and the source closed. */
@ExtendWith(AsyncioExtension.class)
class OperatorsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** 1, 2, 3 … without an end, one each second; says when it is closed. */
    private static AsyncIterable<Integer> ticks(Runnable onClose) {
        return AsyncIterable.generate(out -> {
            try {
                for (var i = 1; ; i++) {
                    await(sleep(SECOND));
                    out.yield(i);
                }
            } finally {
                onClose.run();
            }
        });
    }

    private static AsyncIterable<Integer> upTo(int last) {
        return AsyncIterable.from(() -> IntStream.rangeClosed(1, last).iterator());
    }

    @Test
    void theyWorkOnWhatIsThere() throws Exception {
        VirtualTime.run(() -> {
            var numbers = AsyncIterable.of(1, 2, 3, 4, 5, 6);
            assertEquals(List.of(2, 4, 6), await(numbers.filter(i -> i % 2 == 0).toListAsync()));
            assertEquals(
                    List.of("1", "2"), await(numbers.map(i -> "" + i).take(2).toListAsync()));
            assertEquals(List.of(1, 2, 3), await(numbers.takeWhile(i -> i < 4).toListAsync()));
            assertEquals(
                    List.of(1, 1, 2, 1, 2, 3),
                    await(numbers.take(3).flatMap(OperatorsTest::upTo).toListAsync()));
            assertEquals("1-2-3-4-5-6", await(numbers.map(i -> "" + i).collectAsync(Collectors.joining("-"))));
            assertEquals(List.of(), await(AsyncIterable.of().toListAsync()));
        });
    }

    @Test
    void theyWaitForWhatTakesTime() throws Exception {
        VirtualTime.run(() -> {
            var numbers = ticks(() -> {})
                    .filterAsync(i -> sleep(SECOND, i % 2 == 1))
                    .mapAsync(i -> sleep(SECOND, i * 10))
                    .take(2);
            assertEquals(List.of(10, 30), await(numbers.toListAsync()));
            // Three ticks, three tests and two times ten, one after the other.
            assertEquals(Duration.ofSeconds(8), VirtualTime.elapsed());
        });
    }

    @Test
    void nullIsAnElement() throws Exception {
        VirtualTime.run(() -> {
            var elements = AsyncIterable.<String>of("a", null);
            assertEquals(
                    Arrays.asList("a", null),
                    await(elements.map(s -> s)
                            .mapAsync(s -> sleep(SECOND, s))
                            .filter(s -> true)
                            .toListAsync()));
        });
    }

    @Test
    void nothingHappensBeforeSomebodyAsks(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var mapped = AsyncGenerator.<Integer>of(out -> {
                        steps.expect(2);
                        out.yield(1);
                        steps.unreached();
                    })
                    .map(i -> {
                        steps.expect(3);
                        return i + 1;
                    });
            var iterator = mapped.asyncIterator();
            await(sleep(SECOND));
            steps.expect(1);
            assertTrue(await(iterator.hasNextAsync()));
            assertTrue(await(iterator.hasNextAsync()));
            steps.finish(4);
            assertEquals(2, iterator.next());
            assertThrows(NoSuchElementException.class, iterator::next);
            await(iterator.closeAsync());
        });
    }

    @Test
    void takingEnoughClosesTheSource(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var seen = new ArrayList<Integer>();
            await(ticks(() -> steps.expect(1)).take(2).forEachAsync(seen::add));
            assertEquals(List.of(1, 2), seen);
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
            await(ticks(() -> steps.expect(2)).map(i -> i).takeWhile(i -> i < 3).toListAsync());
            await(ticks(steps::unreached).take(0).toListAsync());
            steps.finish(3);
        });
    }

    @Test
    void aNegativeCountIsRefused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> upTo(1).take(-1));
        assertTrue(refused.getMessage().contains("-1"));
    }

    @Test
    void aFunctionThatFailsClosesTheSourceAndIsTheFailure(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var failure = new IllegalArgumentException("not this one");
            var mapped = ticks(() -> steps.expect(1))
                    .map(i -> {
                        throw failure;
                    })
                    .asyncIterator();
            assertSame(failure, assertThrows(IllegalArgumentException.class, () -> await(mapped.hasNextAsync())));
            steps.expect(2);
            assertFalse(await(mapped.hasNextAsync()));
            var later = ticks(() -> steps.expect(3)).mapAsync(i -> CompletableFuture.failedFuture(new IOException()));
            assertThrows(IOException.class, () -> await(later.toListAsync()));
            var acting = ticks(() -> steps.expect(4));
            assertThrows(
                    IOException.class,
                    () -> await(acting.forEachStageAsync(i -> {
                        return CompletableFuture.failedFuture(new IOException());
                    })));
            steps.finish(5);
        });
    }

    @Test
    void aSourceThatFailsIsTheFailure() throws Exception {
        VirtualTime.run(() -> {
            var failing = AsyncIterable.<Integer>generate(out -> {
                out.yield(1);
                throw new IOException("broken");
            });
            var iterator = failing.map(i -> i).filter(i -> true).asyncIterator();
            assertTrue(await(iterator.hasNextAsync()));
            iterator.next();
            assertThrows(IOException.class, () -> await(iterator.hasNextAsync()));
            assertFalse(await(iterator.hasNextAsync()));
            var plain = AsyncIterable.<Integer>from(() -> {
                throw new IllegalStateException("no iterator");
            });
            assertThrows(IllegalStateException.class, plain::toListAsync);
        });
    }

    @Test
    void aFailureOfTheClosingIsSuppressed() throws Exception {
        VirtualTime.run(() -> {
            var failure = assertThrows(
                    IllegalArgumentException.class,
                    () -> await(ticks(() -> {
                                throw new IllegalStateException("cannot close");
                            })
                            .forEachAsync(i -> {
                                throw new IllegalArgumentException("cannot work");
                            })));
            assertEquals("cannot close", failure.getSuppressed()[0].getMessage());
            var onlyClosing = ticks(() -> {
                throw new IllegalStateException("cannot close");
            });
            assertThrows(
                    IllegalStateException.class, () -> await(onlyClosing.take(1).toListAsync()));
        });
    }

    @Test
    void aFunctionThatReturnsNoStageIsNamed() throws Exception {
        VirtualTime.run(() -> {
            var failure = assertThrows(
                    NullPointerException.class,
                    () -> await(upTo(1).mapAsync(i -> null).toListAsync()));
            assertTrue(failure.getMessage().contains("mapAsync"), failure.getMessage());
        });
    }

    @Test
    void oneElementAtATimeIsWorkedOn(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            await(upTo(2).forEachStageAsync(i -> {
                steps.expect(2 * i - 1);
                return sleep(SECOND).thenRun(() -> steps.expect(2 * i));
            }));
            steps.finish(5);
        });
    }

    @Test
    void aCancellationReachesTheElementThatIsAwaitedAndClosesTheSource(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var never = EventLoop.current().<Integer>createFuture();
            var source = AsyncIterable.<Integer>generate(out -> {
                try {
                    out.yield(1);
                    out.yield(await(never));
                } finally {
                    await(sleep(SECOND));
                    steps.expect(3);
                }
            });
            var going = source.map(i -> i).filter(i -> true).forEachAsync(i -> steps.expect(i));
            await(sleep(Duration.ZERO));
            steps.expect(2);
            assertTrue(going.cancel());
            assertTrue(never.isCancelled());
            assertThrows(CancellationException.class, () -> await(going));
            assertEquals(SECOND, VirtualTime.elapsed());
            steps.finish(4);
        });
    }

    @Test
    void aCancellationReachesTheStageOfAFunction(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var stages = new ArrayList<CompletableFuture<Integer>>();
            stages.add(EventLoop.current().createFuture());
            stages.add(new CompletableFuture<>());
            for (var stage : stages) {
                var mapped =
                        ticks(() -> steps.expect(1 + stages.indexOf(stage))).mapAsync(i -> stage);
                var consumer = createTask(() -> await(mapped.toListAsync()));
                await(sleep(SECOND));
                await(sleep(Duration.ZERO));
                consumer.cancel();
                assertThrows(CancellationException.class, () -> await(consumer));
                assertTrue(stage.isCancelled());
            }
            steps.finish(3);
        });
    }

    @Test
    void whoeverIsCancelledBeforeTheElementIsTakenClosesTheSource(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var gate = EventLoop.current().<Integer>createFuture();
            var going = AsyncIterable.<Integer>generate(out -> {
                        try {
                            out.yield(await(gate));
                        } finally {
                            steps.expect(1);
                        }
                    })
                    .forEachAsync(i -> steps.unreached());
            gate.complete(1);
            going.cancel();
            assertThrows(CancellationException.class, () -> await(going));
            steps.finish(2);
        });
    }

    @Test
    void flatMapClosesTheInnerSequenceBeforeTheOuterOne(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            var flat = ticks(() -> steps.expect(4))
                    .flatMap(i -> ticks(() -> steps.expect(i == 1 ? 1 : 3)).take(i == 1 ? 1 : 10));
            try (var iterator = flat.asyncIterator()) {
                for (var i = 0; i < 2; i++) {
                    assertTrue(await(iterator.hasNextAsync()));
                    assertEquals(1, iterator.next());
                }
                steps.expect(2);
            }
            steps.finish(5);
        });
    }

    @Test
    void aMillionElementsThatAreThereAreNoRecursion() throws Exception {
        VirtualTime.run(() -> {
            var million = upTo(1_000_000);
            var count = new int[1];
            await(million.filter(i -> i == 1_000_000).map(i -> i).forEachAsync(i -> count[0] += i));
            assertEquals(1_000_000, count[0]);
            await(million.forEachStageAsync(i -> CompletableFuture.completedFuture(count[0]--)));
            assertEquals(0, count[0]);
            await(million.mapAsync(i -> CompletableFuture.completedFuture(i))
                    .filterAsync(i -> {
                        count[0]++;
                        return CompletableFuture.completedFuture(false);
                    })
                    .toListAsync());
            assertEquals(1_000_000, count[0]);
            for (var i : million.each()) {
                count[0] -= i > 0 ? 1 : 0;
            }
            assertEquals(0, count[0]);
            assertEquals(
                    List.of(), await(million.flatMap(i -> AsyncIterable.of()).toListAsync()));
        });
    }

    @Test
    void operatorsMayBeNestedDeeply() throws Exception {
        VirtualTime.run(() -> {
            var deep = ticks(() -> {}).take(2);
            for (var i = 0; i < 200; i++) {
                deep = deep.map(number -> number + 1);
            }
            assertEquals(List.of(201, 202), await(deep.toListAsync()));
        });
    }

    @Test
    void anOperatorAddsNoPassOfTheLoop() throws Exception {
        VirtualTime.run(() -> {
            var gate = EventLoop.current().<Integer>createFuture();
            var order = new ArrayList<String>();
            var source = AsyncIterable.<Integer>generate(out -> out.yield(await(gate)));
            var piped = createTask(() -> {
                for (var number :
                        source.map(i -> i).filter(i -> true).map(i -> i).each()) {
                    order.add("piped " + number);
                }
            });
            var plain = createTask(() -> order.add("plain " + await(gate)));
            await(sleep(Duration.ZERO));
            gate.complete(1);
            await(plain);
            await(piped);
            assertEquals(List.of("piped 1", "plain 1"), order);
        });
    }

    @Test
    void onlyOneMayAskAtATime() throws Exception {
        VirtualTime.run(() -> {
            var iterator = ticks(() -> {}).map(i -> i).asyncIterator();
            var asked = iterator.hasNextAsync();
            assertThrows(IllegalStateException.class, iterator::hasNextAsync);
            assertThrows(IllegalStateException.class, iterator::closeAsync);
            assertTrue(await(asked));
            await(iterator.closeAsync());
            assertFalse(await(iterator.hasNextAsync()));
        });
    }

    @Test
    void stageStyleGoesThroughASequence() throws Exception {
        var seen = new ArrayList<Integer>();
        VirtualTime.runStage(() -> ticks(() -> {})
                .take(3)
                .forEachStageAsync(i -> {
                    seen.add(i);
                    return sleep(SECOND);
                })
                .thenRun(() -> seen.add(0)));
        assertEquals(List.of(1, 2, 3, 0), seen);
    }

    @Test
    void theEndOfTheProgramEndsWhatGoesOn(Steps steps) throws Exception {
        VirtualTime.run(() -> {
            ticks(() -> steps.expect(1)).forEachAsync(i -> {});
        });
        steps.finish(2);
    }

    @Test
    void outsideOfALoopNothingGoesOn() {
        assertThrows(IllegalStateException.class, () -> upTo(1).toListAsync());
        assertThrows(IllegalStateException.class, () -> upTo(1).forEachAsync(i -> {}));
    }
}
