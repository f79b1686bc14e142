package io.jasyncio.iteration;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a body that stands at a yield when nobody wants its next element. */
@ExtendWith(AsyncioExtension.class)
class AsyncGeneratorCloseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static <T> AsyncGenerator<T> atFirstYield(GeneratorBody<T> body) throws Exception {
        var generator = AsyncGenerator.of(body);
        assertTrue(await(generator.hasNextAsync()));
        generator.next();
        return generator;
    }

    @OnEachCarrier
    void closingRunsTheFinallyBlocksWhichMayWait(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    steps.expect(1);
                    await(sleep(SECOND));
                    steps.expect(3);
                }
                steps.unreached();
            });
            var closed = generator.closeAsync();
            steps.expect(2);
            await(closed);
            steps.finish(4);
            assertEquals(SECOND, VirtualTime.elapsed());
            assertFalse(await(generator.hasNextAsync()));
        });
    }

    @OnEachCarrier
    void aBodyThatDoesNotWaitIsClosedWhenTheCallReturns(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    steps.expect(1);
                }
            });
            assertTrue(generator.closeAsync().isDone());
            steps.finish(2);
        });
    }

    @OnEachCarrier
    void aCatchOfExceptionsDoesNotHoldItUp(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                while (true) {
                    try {
                        out.yield(1);
                    } catch (Exception ignored) {
                        throw new AssertionError(ignored);
                    }
                }
            });
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void aBodyMayCatchTheExitAndReturn(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                try {
                    out.yield(1);
                } catch (GeneratorExit exit) {
                    steps.expect(1);
                }
            });
            await(generator.closeAsync());
            steps.finish(2);
        });
    }

    @OnEachCarrier
    void aBodyThatNeverStartedNeverRuns(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> steps.unreached());
            await(generator.closeAsync());
            assertFalse(await(generator.hasNextAsync()));
            steps.finish(1);
        });
    }

    @OnEachCarrier
    void closingTwiceIsClosingOnce(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    steps.expect(1);
                }
            });
            await(generator.closeAsync());
            await(generator.closeAsync());
            steps.finish(2);
        });
    }

    @OnEachCarrier
    void afterTheEndThereIsNothingToClose(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> out.yield(1));
            assertFalse(await(generator.hasNextAsync()));
            await(generator.closeAsync());
        });
    }

    @OnEachCarrier
    void anElementThatWasNotTakenIsDropped(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = AsyncGenerator.<Integer>of(out -> out.yield(1));
            assertTrue(await(generator.hasNextAsync()));
            await(generator.closeAsync());
            assertFalse(await(generator.hasNextAsync()));
        });
    }

    @OnEachCarrier
    void aFailureOfTheCleanupIsTheFailureOfTheClosing(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var failure = new IOException("the disk is full");
            var generator = atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    await(sleep(SECOND));
                    throwIt(failure);
                }
            });
            assertSame(failure, assertThrows(IOException.class, () -> await(generator.closeAsync())));
            await(generator.closeAsync());
        });
    }

    private static void throwIt(IOException failure) throws IOException {
        throw failure;
    }

    @OnEachCarrier
    void aBodyThatYieldsWhileItIsClosedHasIgnoredIt(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                try {
                    out.yield(1);
                } catch (GeneratorExit exit) {
                    steps.expect(1);
                    out.yield(2);
                } finally {
                    steps.expect(2);
                }
            });
            var ignored = assertThrows(IllegalStateException.class, () -> await(generator.closeAsync()));
            assertTrue(ignored.getMessage().startsWith("async generator ignored GeneratorExit"), ignored.getMessage());
            assertFalse(await(generator.hasNextAsync()));
            steps.finish(3);
        });
    }

    @OnEachCarrier
    void theLoopIsNotHeldUpByABodyThatHeedsNothing(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                for (var swallowed = 0; swallowed < 3; swallowed++) {
                    try {
                        out.yield(1);
                    } catch (GeneratorExit exit) {
                        continue;
                    }
                }
            });
            assertThrows(IllegalStateException.class, () -> await(generator.closeAsync()));
            assertFalse(await(generator.hasNextAsync()));
        });
    }

    @OnEachCarrier
    void nobodyMayAskOrCloseWhileItIsClosed(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    await(sleep(SECOND));
                }
            });
            var closed = generator.closeAsync();
            assertThrows(IllegalStateException.class, generator::hasNextAsync);
            assertThrows(IllegalStateException.class, generator::closeAsync);
            await(closed);
        });
    }

    @OnEachCarrier
    void aCancellationOfTheClosingReachesTheCleanup(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var generator = atFirstYield(out -> {
                try {
                    out.yield(1);
                } finally {
                    steps.expect(1);
                    assertThrows(CancellationException.class, () -> await(sleep(SECOND)));
                    steps.expect(3);
                    await(sleep(SECOND));
                    steps.expect(4);
                }
            });
            var closer = createTask(() -> await(generator.closeAsync()));
            await(sleep(Duration.ZERO));
            steps.expect(2);
            closer.cancel();
            await(closer);
            assertEquals(SECOND, VirtualTime.elapsed());
            steps.finish(5);
        });
    }

    @OnEachCarrier
    void tryWithResourcesClosesAGeneratorThatIsLeftEarly(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            try (var numbers = AsyncGenerator.<Integer>of(out -> {
                try {
                    for (var i = 1; ; i++) {
                        out.yield(i);
                    }
                } finally {
                    await(sleep(SECOND));
                    steps.expect(2);
                }
            })) {
                for (var number : numbers.each()) {
                    if (number == 3) {
                        break;
                    }
                }
                steps.expect(1);
            }
            steps.finish(3);
        });
    }
}
