package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.taskGroup;
import static io.jasyncio.Asyncio.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Both forms of {@link TaskGroup} and {@link Timeout} within each other: whatever a cancellation means further out, a group
 * waits for its children, and the outer block leaves with its own exception (S64, S73).
 */
@ExtendWith(AsyncioExtension.class)
class TaskGroupNestingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final List<String> ended = new ArrayList<>();

    /** A child that takes a second to end when it is cancelled. */
    private final CoroutineAction child = () -> {
        try {
            await(sleep(LONG));
        } finally {
            await(sleep(SECOND));
            ended.add("child");
        }
    };

    private final CoroutineAction failing = () -> {
        await(sleep(SECOND));
        throw new IllegalArgumentException("failing");
    };

    private final CoroutineAction failingWhenCancelled = () -> {
        try {
            await(sleep(LONG));
        } catch (CancellationException cancelled) {
            throw new IllegalArgumentException("failing");
        }
    };

    private void assertThatTheChildHasEndedAndNothingIsLeft() throws Exception {
        assertEquals(List.of("child"), ended);
        assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        assertEquals(0, currentTask().cancelling());
        await(sleep(SECOND));
    }

    @OnEachCarrier
    void aBodyInATimeoutResource(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertThrows(TimeoutException.class, () -> {
                try (var scope = timeout(SECOND)) {
                    taskGroup(group -> {
                        return group.createTask(child);
                    });
                }
            });
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aBodyThatAwaitsInATimeoutResourceIsCancelledAndDoesNotFail(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertThrows(TimeoutException.class, () -> {
                try (var scope = timeout(SECOND)) {
                    taskGroup(group -> {
                        group.createTask(child);
                        assertThrows(CancellationException.class, () -> await(sleep(LONG)));
                        throw new CancellationException();
                    });
                }
            });
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aResourceInATimeoutResource(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertThrows(TimeoutException.class, () -> {
                try (var scope = timeout(SECOND);
                        var group = taskGroup()) {
                    group.createTask(child);
                }
            });
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aResourceThatAwaitsInATimeoutResource(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertThrows(TimeoutException.class, () -> {
                try (var scope = timeout(SECOND);
                        var group = taskGroup()) {
                    group.createTask(child);
                    await(sleep(LONG));
                }
            });
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aResourceInATimeoutWithABody(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertThrows(
                    TimeoutException.class,
                    () -> timeout(SECOND, () -> {
                        try (var group = taskGroup()) {
                            group.createTask(child);
                        }
                    }));
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aBodyInAGroupResourceThatFails(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var thrown = assertThrows(ExceptionGroup.class, () -> {
                try (var outer = taskGroup()) {
                    outer.createTask(failing);
                    taskGroup(inner -> {
                        return inner.createTask(child);
                    });
                }
            });
            assertEquals("failing", thrown.exceptions().get(0).getMessage());
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aResourceInAGroupWithABodyThatFails(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var thrown = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(outer -> {
                        outer.createTask(failing);
                        try (var inner = taskGroup()) {
                            inner.createTask(child);
                        }
                        return null;
                    }));
            assertEquals("failing", thrown.exceptions().get(0).getMessage());
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aFailureBecauseOfATimeoutIsASuppressedExceptionOfIt(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var thrown = assertThrows(TimeoutException.class, () -> {
                try (var scope = timeout(SECOND);
                        var group = taskGroup()) {
                    group.createTask(child);
                    group.createTask(failingWhenCancelled);
                    await(sleep(LONG));
                }
            });
            var suppressed = (ExceptionGroup) thrown.getSuppressed()[0];
            assertEquals("failing", suppressed.exceptions().get(0).getMessage());
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aFailureBecauseOfATimeoutGoesBeforeItInABody(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var thrown = assertThrows(ExceptionGroup.class, () -> {
                try (var scope = timeout(SECOND)) {
                    taskGroup(group -> {
                        group.createTask(child);
                        group.createTask(failingWhenCancelled);
                        return await(sleep(LONG));
                    });
                }
            });
            assertEquals("failing", thrown.exceptions().get(0).getMessage());
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void aTimeoutGoesBeforeACancelOfTheGroupInTheSamePass(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertThrows(TimeoutException.class, () -> {
                try (var scope = timeout(SECOND);
                        var group = taskGroup()) {
                    group.createTask(child);
                    EventLoop.current().callLater(SECOND, group::cancel);
                    await(sleep(LONG));
                }
            });
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }

    @OnEachCarrier
    void blocksMayBeNestedAlternately(Carrier carrier) throws Exception {
        VirtualTime.run(
                carrier,
                () -> timeout(LONG, () -> {
                    assertThrows(TimeoutException.class, () -> {
                        try (var scope = timeout(SECOND)) {
                            timeout(LONG, () -> await(sleep(Duration.ZERO)));
                            taskGroup(group -> {
                                return await(sleep(Duration.ZERO));
                            });
                            assertThrows(TimeoutException.class, () -> await(sleep(LONG)));
                            throw new TimeoutException();
                        }
                    });
                    assertEquals(0, currentTask().cancelling());
                }));
    }

    @OnEachCarrier
    void twoResourcesThatFailInTheSamePass(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var thrown = assertThrows(ExceptionGroup.class, () -> {
                try (var outer = taskGroup()) {
                    outer.createTask(failing);
                    try (var inner = taskGroup()) {
                        inner.createTask(failing);
                        inner.createTask(child);
                        await(sleep(LONG));
                    }
                }
            });
            assertTrue(thrown.subgroup(IllegalArgumentException.class).isPresent());
            assertThatTheChildHasEndedAndNothingIsLeft();
        });
    }
}
