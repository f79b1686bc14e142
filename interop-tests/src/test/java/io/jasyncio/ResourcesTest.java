package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Resources.using;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@link Resources#using} in direct style, as long as nobody cancels anything. */
@ExtendWith(AsyncioExtension.class)
class ResourcesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Room room = new Room();
    private final IOException ofBody = new IOException("body");
    private final IllegalArgumentException ofExit = new IllegalArgumentException("exit");

    // ---- How it ends -----------------------------------------------------------------------------------------------

    @OnEachCarrier
    void enteringAndLeavingMayWait(Carrier carrier) throws Exception {
        room.entered(() -> sleep(SECOND, "room")).left(() -> sleep(SECOND));
        VirtualTime.run(carrier, () -> {
            var task = Asyncio.currentTask();
            var result = using(room, entered -> {
                assertSame(task, Asyncio.currentTask());
                assertEquals(SECOND, VirtualTime.elapsed());
                room.note("in the " + await(sleep(SECOND, entered)));
                return 7;
            });
            assertEquals(7, result);
            assertEquals(Duration.ofSeconds(3), VirtualTime.elapsed());
            assertEquals(List.of("enter", "in the room", "exit"), room.notes());
        });
    }

    @OnEachCarrier
    void aFailureOfTheBodyLeavesTheBlockAfterTheExit(Carrier carrier) throws Exception {
        room.left(() -> sleep(SECOND));
        VirtualTime.run(carrier, () -> {
            assertSame(
                    ofBody,
                    assertThrows(
                            IOException.class,
                            () -> using(room, entered -> {
                                throw ofBody;
                            })));
            assertEquals(List.of("enter", "exit after IOException"), room.notes());
            assertEquals(SECOND, VirtualTime.elapsed());
            assertEquals(0, ofBody.getSuppressed().length);
        });
    }

    @OnEachCarrier
    void aFailureOfTheExitIsSuppressedInThatOfTheBody(Carrier carrier) throws Exception {
        room.left(() -> sleep(SECOND).thenAccept(slept -> {
            throw ofExit;
        }));
        VirtualTime.run(carrier, () -> {
            assertSame(
                    ofBody,
                    assertThrows(
                            IOException.class,
                            () -> using(room, entered -> {
                                throw ofBody;
                            })));
            assertEquals(List.of(ofExit), List.of(ofBody.getSuppressed()));
        });
    }

    @OnEachCarrier
    void anExitThatFailsWithWhatItWasToldIsNotSuppressedInItself(Carrier carrier) throws Exception {
        room.left(() -> CompletableFuture.failedFuture(ofBody));
        VirtualTime.run(carrier, () -> {
            assertSame(
                    ofBody,
                    assertThrows(
                            IOException.class,
                            () -> using(room, entered -> {
                                throw ofBody;
                            })));
            assertEquals(0, ofBody.getSuppressed().length);
        });
    }

    @OnEachCarrier
    void aFailureOfTheExitAloneLeavesTheBlock(Carrier carrier) throws Exception {
        room.left(() -> {
            throw ofExit;
        });
        VirtualTime.run(
                carrier,
                () -> assertSame(
                        ofExit, assertThrows(IllegalArgumentException.class, () -> using(room, entered -> 1))));
    }

    @OnEachCarrier
    void whatCouldNotBeEnteredIsNotLeft(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            room.entered(() -> sleep(SECOND).thenCompose(slept -> CompletableFuture.failedFuture(ofBody)));
            assertSame(ofBody, assertThrows(IOException.class, () -> using(room, entered -> 1)));
            room.entered(() -> {
                throw ofExit;
            });
            assertSame(ofExit, assertThrows(IllegalArgumentException.class, () -> using(room, entered -> 1)));
            assertEquals(List.of("enter", "enter"), room.notes());
        });
    }

    @OnEachCarrier
    void whatIsAtHandDoesNotMakeTheTaskWait(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            createTask(() -> room.note("another task"));
            using(room, entered -> 1);
            assertEquals(List.of("enter", "exit"), room.notes());
            await(sleep(Duration.ZERO));
        });
    }

    @OnEachCarrier
    void usesWithinEachOtherLeaveFromTheInside(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertSame(
                    ofBody,
                    assertThrows(
                            IOException.class,
                            () -> using(
                                    room,
                                    outer -> using(room, inner -> {
                                        throw ofBody;
                                    }))));
            assertEquals(List.of("enter", "enter", "exit after IOException", "exit after IOException"), room.notes());
        });
    }

    @Test
    void aStageThatIsNotThereIsAFailure() throws Exception {
        VirtualTime.run(() -> {
            room.entered(() -> null);
            var nothing = assertThrows(NullPointerException.class, () -> using(room, entered -> 1));
            assertEquals("the beginning of the room returned null in place of a stage", nothing.getMessage());
            var other = new Room().left(() -> null);
            nothing = assertThrows(NullPointerException.class, () -> using(other, entered -> 1));
            assertEquals("the end of the room returned null in place of a stage", nothing.getMessage());
        });
    }

    // ---- Things to close -------------------------------------------------------------------------------------------

    private AsyncCloseable closeable() {
        return () -> {
            room.note("closing");
            return sleep(SECOND).thenAccept(slept -> room.note("closed"));
        };
    }

    @OnEachCarrier
    void whatIsOpenIsClosed(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var resource = closeable();
            assertSame(resource, using(resource, open -> open));
            assertEquals(List.of("closing", "closed"), room.notes());
        });
    }

    @OnEachCarrier
    void openingMayWait(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            using(sleep(SECOND, closeable()), open -> {
                room.note("open");
                return 1;
            });
            assertEquals(List.of("open", "closing", "closed"), room.notes());
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void aTryBlockClosesAndWaits(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertSame(ofBody, assertThrows(IOException.class, () -> {
                try (var open = await(sleep(SECOND, closeable()))) {
                    room.note("open");
                    throw ofBody;
                }
            }));
            assertEquals(List.of("open", "closing", "closed"), room.notes());
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        });
    }

    // ---- Misuse ----------------------------------------------------------------------------------------------------

    private void assertThatCloseIsRefused(AsyncCloseable resource) {
        var refused = assertThrows(IllegalStateException.class, resource::close);
        for (var instead : List.of("closeAsync()", "Resources.usingStage(", "io.jasyncio.coroutines")) {
            assertTrue(refused.getMessage().contains(instead), refused.getMessage());
        }
        assertEquals(List.of(), room.notes());
    }

    @Test
    void closeIsRefusedOutsideOfALoop() {
        assertThatCloseIsRefused(closeable());
    }

    @Test
    void closeIsRefusedInACallbackAndInAStageTask() throws Exception {
        VirtualTime.run(() -> {
            EventLoop.current().callSoon(() -> assertThatCloseIsRefused(closeable()));
            await(createStageTask(() -> {
                assertThatCloseIsRefused(closeable());
                return CompletableFuture.completedFuture(1);
            }));
        });
    }

    @Test
    void usingIsRefusedOutsideOfADirectStyleBody() throws Exception {
        assertThatUsingIsRefused();
        VirtualTime.run(() -> await(createStageTask(() -> {
            assertThatUsingIsRefused();
            return CompletableFuture.completedFuture(1);
        })));
    }

    private void assertThatUsingIsRefused() {
        var refused = assertThrows(IllegalStateException.class, () -> using(room, entered -> 1));
        assertTrue(refused.getMessage().startsWith("using() was called"), refused.getMessage());
        assertEquals(List.of(), room.notes());
    }
}
