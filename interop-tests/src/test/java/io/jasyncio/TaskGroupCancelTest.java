package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.Asyncio.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@link TaskGroup#cancel()} ends a group early and without an error (S71): of Python 3.15, so there is no trace of it. */
@ExtendWith(AsyncioExtension.class)
class TaskGroupCancelTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final CoroutineAction SLEEPER = () -> await(sleep(LONG));

    @OnEachCarrier
    void theBodyMayEndItsGroup(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var child = taskGroup(group -> {
                var started = group.createTask(SLEEPER);
                await(sleep(SECOND));
                group.cancel();
                return started;
            });
            assertTrue(child.isCancelled());
            assertEquals(SECOND, VirtualTime.elapsed());
            assertEquals(0, currentTask().cancelling());
            await(sleep(SECOND));
        });
    }

    @OnEachCarrier
    void aBodyThatWaitsIsBrokenOff(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var value = taskGroup(group -> {
                EventLoop.current().callLater(SECOND, group::cancel);
                steps.expect(1);
                try {
                    await(sleep(LONG));
                } catch (CancellationException brokenOff) {
                    steps.expect(2);
                    throw brokenOff;
                }
                return "not reached";
            });
            steps.finish(3);
            assertNull(value);
            assertEquals(SECOND, VirtualTime.elapsed());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @OnEachCarrier
    void aChildMayEndTheGroupWhenTheBodyHasEnded(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var siblings = new ArrayList<Task<?>>();
            taskGroup(group -> {
                siblings.add(group.createTask(SLEEPER));
                group.createTask(() -> {
                    await(sleep(SECOND));
                    group.cancel();
                });
                return null;
            });
            assertTrue(siblings.get(0).isCancelled());
            assertEquals(SECOND, VirtualTime.elapsed());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @OnEachCarrier
    void aSecondCallAndOneAfterTheEndDoNothing(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var ended = taskGroup(group -> {
                group.cancel();
                group.cancel();
                return group;
            });
            ended.cancel();
            assertEquals(0, currentTask().cancelling());
            await(sleep(SECOND));
        });
    }

    @OnEachCarrier
    void noChildIsTakenAfterwards(Carrier carrier) throws Exception {
        VirtualTime.run(
                carrier,
                () -> taskGroup(group -> {
                    group.cancel();
                    assertThrows(IllegalStateException.class, () -> group.createTask(SLEEPER));
                    return null;
                }));
    }

    @OnEachCarrier
    void theChildrenAreCancelledInTheOrderOfTheirCreation(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var cancelled = new ArrayList<Integer>();
            taskGroup(group -> {
                for (var number = 0; number < 20; number++) {
                    group.createTask(noted(number, cancelled));
                }
                await(sleep(SECOND));
                group.cancel();
                return null;
            });
            assertEquals(20, cancelled.size());
            assertEquals(cancelled.stream().sorted().toList(), cancelled);
        });
    }

    private static CoroutineAction noted(int number, List<Integer> cancelled) {
        return () -> {
            try {
                await(sleep(LONG));
            } finally {
                cancelled.add(number);
            }
        };
    }

    @OnEachCarrier
    void aFailureDuringTheCleanupLeavesTheBlockNevertheless(Carrier carrier) throws Exception {
        var failure = new IllegalArgumentException("cleanup");
        VirtualTime.run(carrier, () -> {
            var group = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(inner -> {
                        inner.createTask(() -> {
                            try {
                                await(sleep(LONG));
                            } catch (CancellationException cancelled) {
                                throw failure;
                            }
                        });
                        await(sleep(SECOND));
                        inner.cancel();
                        return null;
                    }));
            assertEquals(List.of(failure), group.exceptions());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @OnEachCarrier
    void aCancellationFromOutsideDuringTheCleanupIsNotLost(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            for (var bodyWaits : List.of(true, false)) {
                var task = createTask(() -> cancelAndCleanUp(bodyWaits));
                await(sleep(SECOND.multipliedBy(2)));
                task.cancel("from outside");
                var thrown = assertThrows(CancellationException.class, () -> await(task));
                assertEquals("from outside", thrown.getMessage());
                assertTrue(task.isCancelled());
            }
        });
    }

    /** A group that is cancelled after one second, and whose child needs two more to end. */
    private static void cancelAndCleanUp(boolean bodyWaits) throws Exception {
        taskGroup(group -> {
            group.createTask(() -> {
                try {
                    await(sleep(LONG));
                } finally {
                    await(sleep(SECOND.multipliedBy(2)));
                }
            });
            EventLoop.current().callLater(SECOND, group::cancel);
            return bodyWaits ? await(sleep(LONG)) : null;
        });
    }

    @OnEachCarrier
    void aTimeoutDuringTheCleanupIsNotLost(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            CoroutineAction block = () -> cancelAndCleanUp(false);
            assertThrows(TimeoutException.class, () -> timeout(SECOND.multipliedBy(2), block));
            assertEquals(SECOND.multipliedBy(3), VirtualTime.elapsed());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @OnEachCarrier
    void inATaskThatIsBeingCancelledItTakesBackItsOwnRequestOnly(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> {
                assertThrows(CancellationException.class, () -> await(sleep(LONG)));
                taskGroup(group -> {
                    group.cancel();
                    return null;
                });
                assertEquals(1, currentTask().cancelling());
                taskGroup(group -> {
                    EventLoop.current().callSoon(group::cancel);
                    return await(sleep(LONG));
                });
                assertEquals(1, currentTask().cancelling());
                await(sleep(SECOND));
            });
            await(sleep(SECOND));
            task.cancel();
            await(task);
            assertFalse(task.isCancelled());
        });
    }

    @OnEachCarrier
    void anEagerChildThatEndsTheGroupIsCancelledItself(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var child = taskGroup(group -> {
                CoroutineAction endsTheGroup = () -> {
                    group.cancel();
                    await(sleep(LONG));
                };
                return group.createTask(endsTheGroup, TaskOptions.DEFAULT.eager());
            });
            assertTrue(child.isCancelled());
            assertEquals(Duration.ZERO, VirtualTime.elapsed());
        });
    }
}
