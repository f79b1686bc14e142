package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.currentTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.timeout;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.Resources.using;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.sync.AsyncLock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@link Resources#using} in direct style, when it is cancelled: what was entered is left, once and to the end. */
@ExtendWith(AsyncioExtension.class)
class ResourcesCancelTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final Room room = new Room();
    private final IOException ofBody = new IOException("body");

    /** A task that is in the room, or on its way, for an hour. */
    private Task<?> visitor() {
        return createTask(() -> using(room, entered -> {
            room.note("body");
            return await(sleep(LONG));
        }));
    }

    private static CancellationException assertCancelled(Task<?> task) {
        return assertThrows(CancellationException.class, () -> await(task));
    }

    // ---- While entering --------------------------------------------------------------------------------------------

    @OnEachCarrier
    void whileEntering(Carrier carrier) throws Exception {
        room.entered(() -> sleep(LONG, "room"));
        VirtualTime.run(carrier, () -> {
            var visitor = visitor();
            await(sleep(SECOND));
            visitor.cancel("no more");
            assertEquals("no more", assertCancelled(visitor).getMessage());
            assertEquals(List.of("enter"), room.notes());
            assertEquals(SECOND, VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void whileEnteringTakesItsTimeToEnd(Carrier carrier) throws Exception {
        room.entered(() -> createTask(() -> {
            try {
                return await(sleep(LONG, "room"));
            } finally {
                await(sleep(SECOND));
                room.note("gave up");
            }
        }));
        VirtualTime.run(carrier, () -> {
            var visitor = visitor();
            await(sleep(SECOND));
            visitor.cancel();
            assertCancelled(visitor);
            assertEquals(List.of("enter", "gave up"), room.notes());
        });
    }

    /** asyncio: the cancellation wins over a result of the same pass (S44). The exit is waited for. */
    @OnEachCarrier
    void inThePassInWhichItWasEntered(Carrier carrier) throws Exception {
        var door = new CompletableFuture<LoopFuture<String>>();
        room.entered(() -> door.join()).left(() -> sleep(SECOND).thenAccept(slept -> room.note("left")));
        VirtualTime.run(carrier, () -> {
            var opened = EventLoop.current().<String>createFuture();
            door.complete(opened);
            var visitor = visitor();
            await(sleep(SECOND));
            opened.complete("room");
            visitor.cancel();
            assertCancelled(visitor);
            assertEquals(List.of("enter", "exit after CancellationException", "left"), room.notes());
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void inThePassInWhichATaskHasEnteredItInTime(Carrier carrier) throws Exception {
        room.entered(() -> waitFor(createTask(() -> await(sleep(SECOND, "room"))), LONG));
        VirtualTime.run(carrier, () -> {
            var visitor = visitor();
            await(sleep(SECOND));
            await(sleep(Duration.ZERO));
            visitor.cancel();
            assertCancelled(visitor);
            assertEquals(List.of("enter", "exit after CancellationException"), room.notes());
        });
    }

    @OnEachCarrier
    void aLockIsGivenBackOnce(Carrier carrier) throws Exception {
        var lock = new AsyncLock();
        VirtualTime.run(carrier, () -> {
            assertTrue(lock.tryAcquire());
            var waiting = createTask(() -> using(lock, held -> await(sleep(LONG))));
            await(sleep(SECOND));
            lock.release();
            waiting.cancel();
            assertCancelled(waiting);
            assertFalse(lock.isLocked());
            assertTrue(lock.tryAcquire());
        });
    }

    /** A stage that cannot be cancelled ends when it likes to. */
    @OnEachCarrier
    void whatComesTooLateIsLeftByATaskOfItsOwn(Carrier carrier, ErrorLog errors) throws Exception {
        var door = new CompletableFuture<String>();
        room.entered(() -> door.minimalCompletionStage()).left(() -> CompletableFuture.failedFuture(ofBody));
        VirtualTime.run(carrier, () -> {
            var visitor = visitor();
            await(sleep(SECOND));
            visitor.cancel();
            assertCancelled(visitor);
            assertEquals(List.of("enter"), room.notes());
            door.complete("room");
            assertEquals(List.of("enter", "exit after CancellationException"), room.notes());
        });
        assertSame(ofBody, errors.takeException());
    }

    // ---- In the body -----------------------------------------------------------------------------------------------

    @OnEachCarrier
    void inTheBodyWaitsForTheExit(Carrier carrier) throws Exception {
        room.left(() -> sleep(SECOND).thenAccept(slept -> room.note("left")));
        VirtualTime.run(carrier, () -> {
            var visitor = visitor();
            await(sleep(SECOND));
            visitor.cancel("no more");
            assertEquals("no more", assertCancelled(visitor).getMessage());
            assertEquals(List.of("enter", "body", "exit after CancellationException", "left"), room.notes());
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void anExitThatFailsAfterACancellationIsSuppressedInIt(Carrier carrier) throws Exception {
        room.left(() -> CompletableFuture.failedFuture(ofBody));
        VirtualTime.run(carrier, () -> {
            var visitor = visitor();
            await(sleep(SECOND));
            visitor.cancel();
            assertEquals(List.of(ofBody), List.of(assertCancelled(visitor).getSuppressed()));
        });
    }

    /** S131: the end of a program cancels what is left, and waits for it. */
    @OnEachCarrier
    void theEndOfTheProgramWaitsForTheExit(Carrier carrier) throws Exception {
        room.left(() -> sleep(SECOND).thenAccept(slept -> room.note("left")));
        VirtualTime.run(carrier, () -> {
            visitor();
            await(sleep(SECOND));
        });
        assertEquals(List.of("enter", "body", "exit after CancellationException", "left"), room.notes());
    }

    /** There is nothing any more that could wake it: the exit is begun, and not waited for. */
    @OnEachCarrier
    void aLoopThatIsClosedBeginsTheExit(Carrier carrier, ErrorLog errors) {
        var loop = EventLoop.create(VirtualTime.options(carrier));
        room.left(loop::createFuture);
        loop.createTask(() -> using(room, entered -> await(loop.createFuture())));
        loop.callLater(SECOND, loop::stop);
        loop.runForever();
        loop.close();
        assertEquals(List.of("enter", "exit after LoopClosedError"), room.notes());
        assertTrue(errors.take().getMessage().startsWith("Task was destroyed but it is pending!"));
    }

    // ---- While leaving ---------------------------------------------------------------------------------------------

    @OnEachCarrier
    void whileLeavingTheExitIsCancelledAndNotBegunAgain(Carrier carrier) throws Exception {
        room.left(() -> sleep(LONG));
        VirtualTime.run(carrier, () -> {
            var visitor = createTask(() -> using(room, entered -> 1));
            await(sleep(SECOND));
            visitor.cancel("no more");
            assertEquals("no more", assertCancelled(visitor).getMessage());
            assertEquals(List.of("enter", "exit"), room.notes());
            assertEquals(SECOND, VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void whileLeavingAfterAFailureIsFeltAtTheNextAwait(Carrier carrier) throws Exception {
        room.left(() -> sleep(LONG));
        VirtualTime.run(carrier, () -> {
            var visitor = createTask(() -> {
                var thrown = assertThrows(
                        IOException.class,
                        () -> using(room, entered -> {
                            throw ofBody;
                        }));
                assertSame(ofBody, thrown);
                assertInstanceOf(CancellationException.class, thrown.getSuppressed()[0]);
                assertEquals(1, currentTask().cancelling());
                await(sleep(LONG));
            });
            await(sleep(SECOND));
            visitor.cancel("no more");
            assertEquals("no more", assertCancelled(visitor).getMessage());
            assertEquals(SECOND, VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void anExitThatCancelsItselfIsNoRequest(Carrier carrier) throws Exception {
        room.left(() -> CompletableFuture.failedFuture(new CancellationException()));
        VirtualTime.run(carrier, () -> {
            assertThrows(
                    IOException.class,
                    () -> using(room, entered -> {
                        throw ofBody;
                    }));
            await(sleep(SECOND));
        });
    }

    @OnEachCarrier
    void aSecondRequestWhileLeavingAfterTheFirst(Carrier carrier) throws Exception {
        room.left(() -> sleep(LONG));
        VirtualTime.run(carrier, () -> {
            var visitor = visitor();
            await(sleep(SECOND));
            visitor.cancel("first");
            await(sleep(SECOND));
            visitor.cancel("second");
            var thrown = assertCancelled(visitor);
            assertEquals("first", thrown.getMessage());
            assertEquals("second", thrown.getSuppressed()[0].getMessage());
            assertEquals(List.of("enter", "body", "exit after CancellationException"), room.notes());
        });
    }

    // ---- Deadlines -------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void aDeadlineInTheBodyLeavesTheRoom(Carrier carrier) throws Exception {
        room.left(() -> sleep(SECOND));
        VirtualTime.run(carrier, () -> {
            assertThrows(
                    TimeoutException.class, () -> timeout(SECOND, () -> using(room, entered -> await(sleep(LONG)))));
            assertThrows(TimeoutException.class, () -> {
                try (var deadline = timeout(SECOND)) {
                    using(room, entered -> await(sleep(LONG)));
                }
            });
            assertEquals(
                    List.of("enter", "exit after CancellationException", "enter", "exit after TimeoutException"),
                    room.notes());
            assertEquals(0, currentTask().cancelling());
            await(sleep(SECOND));
            assertEquals(Duration.ofSeconds(5), VirtualTime.elapsed());
        });
    }

    @OnEachCarrier
    void aDeadlineWhileLeavingAfterAFailureIsNotFeltAnyMore(Carrier carrier) throws Exception {
        room.left(() -> sleep(LONG));
        VirtualTime.run(carrier, () -> {
            assertThrows(
                    IOException.class,
                    () -> timeout(
                            SECOND,
                            () -> using(room, entered -> {
                                throw ofBody;
                            })));
            assertThrows(IOException.class, () -> {
                try (var deadline = timeout(SECOND)) {
                    using(room, entered -> {
                        throw ofBody;
                    });
                }
            });
            assertEquals(0, currentTask().cancelling());
            await(sleep(SECOND));
        });
    }
}
