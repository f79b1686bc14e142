package io.jasyncio.iteration;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cancellation of the one who waits for an element is a matter for the body. */
@ExtendWith(AsyncioExtension.class)
class AsyncGeneratorCancelTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @OnEachCarrier
    void itReachesWhatTheBodyAwaits(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var never = EventLoop.current().<Integer>createFuture();
            var generator = AsyncGenerator.<Integer>of(out -> {
                try {
                    out.yield(await(never));
                } catch (CancellationException cancelled) {
                    assertEquals("enough", cancelled.getMessage());
                    steps.expect(2);
                    throw cancelled;
                }
            });
            var consumer = createTask(() -> {
                assertThrows(CancellationException.class, () -> await(generator.hasNextAsync()));
                steps.expect(3);
                assertFalse(await(generator.hasNextAsync()));
                throw new CancellationException();
            });
            await(sleep(TICK));
            steps.expect(1);
            consumer.cancel("enough");
            assertTrue(never.isCancelled());
            assertThrows(CancellationException.class, () -> await(consumer));
            steps.finish(4);
        });
    }

    @OnEachCarrier
    void aBodyMayCatchItAndGoOn(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<String>of(out -> {
                try {
                    await(sleep(HOUR));
                } catch (CancellationException cancelled) {
                    steps.expect(1);
                }
                out.yield("all the same");
                out.yield("and more");
            });
            var consumer = createTask(() -> {
                assertTrue(await(generator.hasNextAsync()));
                assertEquals("all the same", generator.next());
                await(sleep(TICK));
                steps.expect(2);
            });
            await(sleep(TICK));
            consumer.cancel();
            await(consumer);
            assertTrue(await(generator.hasNextAsync()));
            assertEquals("and more", generator.next());
            await(generator.closeAsync());
            steps.finish(3);
        });
    }

    @OnEachCarrier
    void theNextRequestStartsWithACleanSlate(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var inside = new AtomicReference<Task<?>>();
            var generator = AsyncGenerator.<Integer>of(out -> {
                inside.set(currentTask());
                for (var i = 1; ; i++) {
                    try {
                        await(sleep(HOUR));
                    } catch (CancellationException cancelled) {
                        out.yield(i);
                    }
                }
            });
            for (var i = 1; i <= 2; i++) {
                var asked = generator.hasNextAsync();
                asked.cancel();
                assertEquals(1, inside.get().cancelling());
                assertTrue(await(asked));
                assertEquals(0, inside.get().cancelling());
                assertEquals(i, generator.next());
            }
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void aTimeoutEndsTheWaitWhenTheBodyHasDealtWithIt(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> {
                try {
                    await(sleep(HOUR));
                } finally {
                    await(sleep(SECOND));
                    steps.expect(1);
                }
            });
            assertThrows(TimeoutException.class, () -> await(waitFor(generator.hasNextAsync(), SECOND)));
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
            steps.finish(2);
        });
    }

    @OnEachCarrier
    void aDeadlineAroundTheLoopReachesTheBody(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var seen = new ArrayList<Integer>();
            var ticks = AsyncIterable.<Integer>generate(out -> {
                for (var i = 1; ; i++) {
                    await(sleep(SECOND));
                    out.yield(i);
                }
            });
            assertThrows(
                    TimeoutException.class,
                    () -> timeout(Duration.ofMillis(2500), () -> {
                        for (var tick : ticks.each()) {
                            seen.add(tick);
                        }
                    }));
            assertEquals(List.of(1, 2), seen);
        });
    }

    @OnEachCarrier
    void aDeadlineInTheBodyIsTheBodysOwnBusiness(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<String>of(out -> {
                try (var scope = timeout(SECOND)) {
                    await(sleep(HOUR));
                } catch (TimeoutException tooLate) {
                    out.yield("too late");
                }
            });
            assertEquals(List.of("too late"), await(generator.toListAsync()));
            assertEquals(0, currentTask().cancelling());
        });
    }

    @OnEachCarrier
    void aDeadlineThatPassesAtAYieldIsSeenWhenTheBodyGoesOn(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<String>of(out -> {
                try (var scope = timeout(SECOND)) {
                    out.yield("in time");
                    steps.unreached();
                } catch (TimeoutException tooLate) {
                    steps.expect(2);
                    out.yield("too late");
                }
            });
            assertTrue(await(generator.hasNextAsync()));
            assertEquals("in time", generator.next());
            await(sleep(Duration.ofSeconds(2)));
            steps.expect(1);
            assertTrue(await(generator.hasNextAsync()));
            assertEquals("too late", generator.next());
            steps.finish(3);
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void aTaskGroupMayGoOnAcrossAYield(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<String>of(out -> taskGroup(group -> {
                group.createTask(() -> {
                    await(sleep(SECOND));
                    steps.expect(2);
                    throw new IOException("a child fails");
                });
                out.yield("first");
                steps.unreached();
                return null;
            }));
            assertTrue(await(generator.hasNextAsync()));
            steps.expect(1);
            generator.next();
            await(sleep(Duration.ofSeconds(2)));
            steps.expect(3);
            var group = assertThrows(ExceptionGroup.class, () -> await(generator.hasNextAsync()));
            assertEquals(IOException.class, group.exceptions().get(0).getClass());
            steps.finish(4);
        });
    }

    @OnEachCarrier
    void aRequestThatComesWhileTheBodyRunsIsDeliveredAtItsYield(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var consumer = new AtomicReference<Task<?>>();
            var generator = AsyncGenerator.<Integer>of(out -> {
                await(sleep(SECOND));
                consumer.get().cancel();
                steps.expect(1);
                assertThrows(CancellationException.class, () -> out.yield(1));
                steps.expect(2);
                out.yield(2);
            });
            consumer.set(createTask(() -> {
                assertTrue(await(generator.hasNextAsync()));
                assertEquals(2, generator.next());
                await(generator.closeAsync());
                steps.finish(3);
            }));
            await(consumer.get());
        });
    }

    @OnEachCarrier
    void aConsumerThatIsCancelledAsTheElementComesLosesNothing(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var gate = EventLoop.current().<Integer>createFuture();
            var generator = AsyncGenerator.<Integer>of(out -> out.yield(await(gate)));
            var consumer = createTask(() -> await(generator.hasNextAsync()));
            await(sleep(TICK));
            gate.complete(7);
            consumer.cancel();
            assertThrows(CancellationException.class, () -> await(consumer));
            // The body was told at its await, before it could yield: asyncio's S44, and the end of this generator.
            assertFalse(await(generator.hasNextAsync()));
        });
    }
}
