package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A {@link TaskGroup} as a resource. Where it differs from asyncio, which the form with a body follows to the letter, the
 * name of the test says how.
 */
@ExtendWith(AsyncioExtension.class)
class TaskGroupResourceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final CoroutineAction SLEEPER = () -> await(sleep(LONG));

    private static CoroutineAction failAfter(int seconds, Exception failure) {
        return () -> {
            await(sleep(SECOND.multipliedBy(seconds)));
            throw failure;
        };
    }

    private static Duration seconds(int seconds) {
        return SECOND.multipliedBy(seconds);
    }

    // ---- Failures --------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void theEndOfTheBlockWaitsForTheChildren(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            Task<String> child;
            try (var group = taskGroup()) {
                child = group.createTask(() -> await(sleep(SECOND, "x")));
            }
            assertEquals("x", child.result());
            assertEquals(SECOND, VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void aFailureWhileTheEndWaitsIsThrownThere(Carrier carrier) throws Exception {
        var failure = new Exception("child");
        VirtualTime.run(carrier, () -> {
            var siblings = new ArrayList<Task<?>>();
            var thrown = assertThrows(ExceptionGroup.class, () -> {
                try (var group = taskGroup()) {
                    siblings.add(group.createTask(SLEEPER));
                    group.createTask(failAfter(1, failure));
                }
            });
            assertEquals(List.of(failure), thrown.exceptions());
            assertTrue(siblings.get(0).isCancelled());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @OnEachCarrier
    void aFailureWhileTheBlockAwaitsIsThrownByTheAwaitAndCollectsTheLaterOnes(Carrier carrier, Steps steps)
            throws Exception {
        var first = new Exception("first");
        var later = new Exception("later");
        VirtualTime.run(carrier, () -> {
            var thrown = assertThrows(ExceptionGroup.class, () -> {
                try (var group = taskGroup()) {
                    group.createTask(failAfter(1, first));
                    group.createTask(() -> {
                        try {
                            await(sleep(LONG));
                        } catch (CancellationException cancelled) {
                            throw later;
                        }
                    });
                    steps.expect(1);
                    var atAwait = assertThrows(ExceptionGroup.class, () -> await(sleep(LONG)));
                    assertEquals(List.of(first), atAwait.exceptions());
                    steps.expect(2);
                    throw atAwait;
                }
            });
            steps.finish(3);
            assertEquals(List.of(first, later), thrown.exceptions());
            assertSame(first, thrown.getCause());
            assertEquals(List.of(later), List.of(thrown.getSuppressed()));
            assertEquals(0, currentTask().cancelling());
        });
    }

    @OnEachCarrier
    void anExceptionOfTheBlockWaitsForTheChildrenAndDoesNotCancelThem(Carrier carrier) throws Exception {
        var own = new Exception("block");
        var failure = new Exception("child");
        VirtualTime.run(carrier, () -> {
            var children = new ArrayList<Task<?>>();
            var thrown = assertThrows(Exception.class, () -> {
                try (var group = taskGroup()) {
                    children.add(group.createTask(() -> await(sleep(SECOND))));
                    group.createTask(failAfter(2, failure));
                    throw own;
                }
            });
            assertSame(own, thrown);
            assertFalse(children.get(0).isCancelled());
            assertEquals(seconds(2), VirtualTime.elapsed());
            var suppressed = (ExceptionGroup) thrown.getSuppressed()[0];
            assertEquals(List.of(failure), suppressed.exceptions());
        });
    }

    @OnEachCarrier
    void aBlockThatCancelsItsGroupEndsAtOnceAndWithoutAnError(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            try (var group = taskGroup()) {
                group.createTask(SLEEPER);
                group.cancel();
            }
            assertEquals(Duration.ZERO, VirtualTime.elapsed());
            assertEquals(0, currentTask().cancelling());
            await(sleep(SECOND));
        });
    }

    @OnEachCarrier
    void aCancelBySomebodyElseLeavesAnAwaitAsACancellation(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertThrows(CancellationException.class, () -> {
                try (var group = taskGroup()) {
                    EventLoop.current().callLater(SECOND, group::cancel);
                    await(sleep(LONG));
                }
            });
            assertEquals(0, currentTask().cancelling());
            await(sleep(SECOND));
        });
    }

    @OnEachCarrier
    void aBlockThatIsClosedInItsMiddleIsNotClosedAgain(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            try (var group = taskGroup()) {
                group.createTask(() -> await(sleep(SECOND)));
                group.close();
                assertEquals(SECOND, VirtualTime.elapsed());
                assertThrows(IllegalStateException.class, () -> group.createTask(SLEEPER));
            }
        });
    }

    @OnEachCarrier
    void anotherTaskCannotCloseIt(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            try (var group = taskGroup()) {
                var stranger = createTask(group::close);
                assertThrows(IllegalStateException.class, () -> await(stranger));
                group.createTask(() -> await(sleep(SECOND)));
            }
            assertEquals(SECOND, VirtualTime.elapsed());
        });
    }

    // ---- Cancellation from outside
    // -----------------------------------------------------------------------------------

    @OnEachCarrier
    void aCancellationFromOutsideCancelsTheChildrenAndWaitsForThem(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            for (var blockWaits : List.of(true, false)) {
                var task = createTask(() -> {
                    try (var group = taskGroup()) {
                        group.createTask(() -> {
                            try {
                                await(sleep(LONG));
                            } finally {
                                await(sleep(SECOND));
                            }
                        });
                        if (blockWaits) {
                            await(sleep(LONG));
                        }
                    }
                });
                await(sleep(SECOND));
                task.cancel("enough");
                var start = VirtualTime.elapsed();
                var thrown = assertThrows(CancellationException.class, () -> await(task));
                assertEquals("enough", thrown.getMessage());
                assertEquals(SECOND, VirtualTime.elapsed().minus(start));
            }
        });
    }

    @OnEachCarrier
    void aCancellationThatTheBlockDidNotFeelIsFeltAtItsEnd(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> {
                try (var group = taskGroup()) {
                    group.createTask(SLEEPER);
                    currentTask().cancel("early");
                }
            });
            var thrown = assertThrows(CancellationException.class, () -> await(task));
            assertEquals("early", thrown.getMessage());
            assertEquals(Duration.ZERO, VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void aCancellationThatTheBlockCaughtCancelsTheChildrenAllTheSame(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> {
                Task<?> child;
                try (var group = taskGroup()) {
                    child = group.createTask(SLEEPER);
                    assertThrows(CancellationException.class, () -> await(sleep(LONG)));
                }
                return child.isCancelled();
            });
            await(sleep(SECOND));
            task.cancel();
            assertTrue(await(task));
        });
    }

    @OnEachCarrier
    void failuresAreSuppressedExceptionsOfACancellationFromOutside(Carrier carrier) throws Exception {
        var failure = new Exception("cleanup");
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> {
                try (var group = taskGroup()) {
                    group.createTask(() -> {
                        try {
                            await(sleep(LONG));
                        } catch (CancellationException cancelled) {
                            throw failure;
                        }
                    });
                    await(sleep(LONG));
                }
            });
            await(sleep(SECOND));
            task.cancel();
            var thrown = assertThrows(CancellationException.class, () -> await(task));
            var suppressed = (ExceptionGroup) thrown.getSuppressed()[0];
            assertEquals(List.of(failure), suppressed.exceptions());
        });
    }
}
