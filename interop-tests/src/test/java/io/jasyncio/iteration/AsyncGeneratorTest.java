package io.jasyncio.iteration;

import static io.jasyncio.Asyncio.allTasks;
import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.ContextVar;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.sync.AsyncEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the body of a generator does while somebody asks, and that it does nothing otherwise. */
@ExtendWith(AsyncioExtension.class)
class AsyncGeneratorTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static AsyncGenerator<Integer> count(int last) {
        return AsyncGenerator.of(out -> {
            for (var i = 1; i <= last; i++) {
                out.yield(i);
            }
        });
    }

    @OnEachCarrier
    void itsElementsComeInOrder(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var seen = new ArrayList<Integer>();
            for (var i : count(3).each()) {
                seen.add(i);
            }
            assertEquals(List.of(1, 2, 3), seen);
        });
    }

    @OnEachCarrier
    void theBodyRunsInsideTheQuestionAndStandsAtTheYield(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<String>of(out -> {
                steps.expect(2);
                out.yield("a");
                steps.expect(5);
                out.yield("b");
                steps.expect(8);
            });
            steps.expect(1);
            assertTrue(generator.hasNextAsync().result());
            steps.expect(3);
            assertEquals("a", generator.next());
            await(sleep(SECOND));
            steps.expect(4);
            assertTrue(generator.hasNextAsync().result());
            steps.expect(6);
            assertEquals("b", generator.next());
            steps.expect(7);
            assertFalse(generator.hasNextAsync().result());
            steps.finish(9);
        });
    }

    @OnEachCarrier
    void aBodyThatWaitsLetsTheOneWhoAsksWait(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> {
                await(sleep(SECOND));
                steps.expect(3);
                out.yield(1);
            });
            createTask(() -> steps.expect(2));
            var asked = generator.hasNextAsync();
            assertFalse(asked.isDone());
            steps.expect(1);
            assertTrue(await(asked));
            assertEquals(SECOND, VirtualTime.elapsed());
            steps.finish(4);
            assertEquals(1, generator.next());
            assertFalse(await(generator.hasNextAsync()));
        });
    }

    @OnEachCarrier
    void aGeneratorThatDoesNotWaitGivesNobodyElseATurn(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            createTask(() -> steps.finish(2));
            for (var i : count(100).each()) {
                assertTrue(i > 0);
            }
            steps.expect(1);
            await(sleep(Duration.ZERO));
        });
    }

    @OnEachCarrier
    void askingAgainBeforeTheElementIsTakenChangesNothing(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = count(2);
            assertTrue(await(generator.hasNextAsync()));
            assertTrue(await(generator.hasNextAsync()));
            assertEquals(1, generator.next());
            assertThrows(NoSuchElementException.class, generator::next);
            assertTrue(await(generator.hasNextAsync()));
            assertEquals(2, generator.next());
            assertFalse(await(generator.hasNextAsync()));
            assertFalse(await(generator.hasNextAsync()));
            assertThrows(NoSuchElementException.class, generator::next);
        });
    }

    @OnEachCarrier
    void nullIsAnElement(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<String>of(out -> out.yield(null));
            assertTrue(await(generator.hasNextAsync()));
            assertEquals(null, generator.next());
            assertFalse(await(generator.hasNextAsync()));
        });
    }

    @OnEachCarrier
    void aFailureIsTheOneOfTheBodyAndItsEnd(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var failure = new IOException("the line is dead");
            var generator = AsyncGenerator.<Integer>of(out -> {
                out.yield(1);
                await(sleep(SECOND));
                throw failure;
            });
            assertTrue(await(generator.hasNextAsync()));
            generator.next();
            assertSame(failure, assertThrows(IOException.class, () -> await(generator.hasNextAsync())));
            assertFalse(await(generator.hasNextAsync()));
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void aFailureWithoutWaitingIsTheFailureOfTheQuestion(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> {
                throw new IOException("at once");
            });
            assertThrows(IOException.class, () -> await(generator.hasNextAsync()));
            assertFalse(await(generator.hasNextAsync()));
        });
    }

    @OnEachCarrier
    void theLoopDoesNotListIt(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var inside = new AtomicReference<Task<?>>();
            var main = currentTask();
            var generator = AsyncGenerator.<Integer>of(out -> {
                inside.set(currentTask());
                await(sleep(SECOND));
                assertSame(inside.get(), currentTask());
                out.yield(1);
            });
            var asked = generator.hasNextAsync();
            assertEquals(List.of(main), List.copyOf(allTasks()));
            await(asked);
            assertSame(main, currentTask());
            assertNotSame(main, inside.get());
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void theBodySeesTheContextOfTheOneWhoAsks(Carrier carrier) throws Exception {
        var user = new ContextVar<>("user", "nobody");
        VirtualTime.run(carrier, () -> {
            user.set("maker");
            var generator = AsyncGenerator.<String>of(out -> {
                while (true) {
                    out.yield(user.get());
                    await(sleep(SECOND));
                    user.set(user.get() + ", seen");
                }
            });
            user.set("first");
            await(generator.hasNextAsync());
            assertEquals("first", generator.next());
            await(createTask(() -> {
                user.set("second");
                await(generator.hasNextAsync());
                assertEquals("second, seen", generator.next());
                assertEquals("second, seen", user.get());
            }));
            assertEquals("first", user.get());
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void onlyOneMayAskAtATime(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> {
                await(sleep(SECOND));
                out.yield(1);
            });
            var asked = generator.hasNextAsync();
            var refused = assertThrows(IllegalStateException.class, generator::hasNextAsync);
            assertEquals("hasNextAsync(): asynchronous generator is already running", refused.getMessage());
            refused = assertThrows(IllegalStateException.class, generator::closeAsync);
            assertEquals("closeAsync(): asynchronous generator is already running", refused.getMessage());
            assertTrue(await(asked));
            assertEquals(1, generator.next());
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void aBodyCannotAskItself(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var self = new AtomicReference<AsyncGenerator<Integer>>();
            self.set(AsyncGenerator.of(out -> {
                assertThrows(IllegalStateException.class, () -> self.get().hasNextAsync());
                assertThrows(IllegalStateException.class, () -> self.get().closeAsync());
                out.yield(1);
            }));
            assertEquals(List.of(1), await(self.get().toListAsync()));
        });
    }

    @OnEachCarrier
    void onlyTheBodyItselfMayYield(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> {
                var child = createTask(() -> out.yield(7));
                assertThrows(IllegalStateException.class, () -> await(child));
                out.yield(1);
            });
            assertEquals(List.of(1), await(generator.toListAsync()));
        });
    }

    @OnEachCarrier
    void generatorsMayBeNested(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var squares = AsyncGenerator.<Integer>of(out -> {
                for (var i : count(3).each()) {
                    await(sleep(SECOND));
                    out.yield(i * i);
                }
            });
            var sums = AsyncGenerator.<Integer>of(out -> {
                var sum = 0;
                for (var i : squares.each()) {
                    sum += i;
                    out.yield(sum);
                }
            });
            assertEquals(List.of(1, 5, 14), await(sums.toListAsync()));
            assertEquals(Duration.ofSeconds(3), VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void theyMayBeNestedDeeply(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertEquals(List.of(300, 301), await(nested(300).toListAsync()));
        });
    }

    private static AsyncGenerator<Integer> nested(int depth) {
        return AsyncGenerator.of(out -> {
            if (depth == 0) {
                out.yield(0);
                await(sleep(SECOND));
                out.yield(1);
                return;
            }
            for (var number : nested(depth - 1).each()) {
                out.yield(number + 1);
            }
        });
    }

    @OnEachCarrier
    void aColdSequenceStartsAnewForEachIteration(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var numbers = AsyncIterable.<Integer>generate(out -> {
                out.yield(1);
                out.yield(2);
            });
            assertEquals(List.of(1, 2), await(numbers.toListAsync()));
            assertEquals(List.of(1, 2), await(numbers.toListAsync()));
            var once = count(2);
            assertEquals(List.of(1, 2), await(once.toListAsync()));
            assertEquals(List.of(), await(once.toListAsync()));
        });
    }

    @OnEachCarrier
    void aCallbackMayAsk(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = count(1);
            var loop = EventLoop.current();
            var seen = loop.<Integer>createFuture();
            loop.callSoon(() -> generator.hasNextAsync().thenAccept(more -> {
                steps.finish(1);
                seen.complete(generator.next());
            }));
            assertEquals(1, await(seen));
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void whatHangsOnAnAnswerMayAskAndCloseAtOnce(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> {
                try {
                    for (var i = 1; ; i++) {
                        await(sleep(SECOND));
                        out.yield(i);
                    }
                } finally {
                    await(sleep(SECOND));
                    steps.expect(1);
                }
            });
            var sum = generator
                    .hasNextAsync()
                    .thenApply(more -> generator.next())
                    .thenCompose(first -> generator.hasNextAsync().thenApply(more -> first + generator.next()))
                    .thenCompose(both -> generator.closeAsync().thenApply(closed -> both));
            assertEquals(3, await(sum));
            assertEquals(Duration.ofSeconds(3), VirtualTime.elapsed());
            steps.finish(2);
        });
    }

    @OnEachCarrier
    void whatHangsOnAFutureThatABodyEndsInPlaceMayAsk(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var event = new AsyncEvent();
            var set = event.waitAsync();
            var generator = count(1);
            var asked = set.thenCompose(unused -> generator.hasNextAsync());
            event.set();
            // The loop would come straight back, so that this ends the future on the stack of the body itself.
            await(set);
            assertTrue(await(asked));
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void whatHangsOnTheEndMayAskAgain(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> await(sleep(SECOND)));
            var again = generator.hasNextAsync().thenCompose(more -> generator.hasNextAsync());
            assertFalse(await(again));
        });
    }

    @OnEachCarrier
    void anotherLoopIsRefused(Carrier carrier) throws Exception {
        var generator = count(2);
        VirtualTime.run(carrier, () -> {
            await(generator.hasNextAsync());
        });
        VirtualTime.run(carrier, () -> {
            assertThrows(IllegalStateException.class, generator::hasNextAsync);
            assertThrows(IllegalStateException.class, generator::closeAsync);
        });
    }

    @Test
    void outsideOfALoopItCanBeMadeButNotAsked() {
        var generator = count(2);
        assertThrows(IllegalStateException.class, generator::hasNextAsync);
        assertThrows(IllegalStateException.class, generator::closeAsync);
        assertEquals("AsyncGenerator[not started]", generator.toString());
    }
}
