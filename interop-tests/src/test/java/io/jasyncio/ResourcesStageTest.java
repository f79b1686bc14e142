package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Resources.usingStage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.sync.AsyncLock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@link Resources#usingStage}: the rules of {@link Resources#using}, for a chain of stages. */
@ExtendWith(AsyncioExtension.class)
class ResourcesStageTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final Room room = new Room();
    private final IOException ofBody = new IOException("body");
    private final IOException ofExit = new IOException("exit");

    private LoopFuture<@Nullable Void> visit() {
        return usingStage(room, entered -> {
            room.note("body");
            return sleep(LONG);
        });
    }

    private static CancellationException assertCancelled(LoopFuture<?> future) {
        return assertThrows(CancellationException.class, () -> await(future));
    }

    private LoopFuture<Integer> failing() {
        return usingStage(room, entered -> CompletableFuture.failedFuture(ofBody));
    }

    // ---- How it ends -----------------------------------------------------------------------------------------------

    @Test
    void enteringAndLeavingMayWait() throws Exception {
        room.entered(() -> sleep(SECOND, "room")).left(() -> sleep(SECOND));
        var result = VirtualTime.runStage(() -> usingStage(room, entered -> {
                    room.note("in the " + entered);
                    return sleep(SECOND, 7);
                })
                .thenApply(value -> value + VirtualTime.elapsed().toSeconds()));
        assertEquals(10, result);
        assertEquals(List.of("enter", "in the room", "exit"), room.notes());
    }

    @Test
    void whatIsAtHandEndsAtOnce() throws Exception {
        VirtualTime.run(() -> {
            var used = usingStage(room, entered -> CompletableFuture.completedFuture(entered));
            assertEquals("room", used.result());
            assertEquals(List.of("enter", "exit"), room.notes());
        });
    }

    @Test
    void aFailureOfTheBodyEndsItAfterTheExit() throws Exception {
        room.left(() -> sleep(SECOND));
        VirtualTime.run(() -> {
            assertSame(ofBody, assertThrows(IOException.class, () -> await(failing())));
            assertEquals(List.of("enter", "exit after IOException"), room.notes());
            assertEquals(SECOND, VirtualTime.elapsed());
        });
    }

    @Test
    void aBodyThatThrowsHasFailed() throws Exception {
        var thrown = new IllegalArgumentException("thrown");
        VirtualTime.run(() -> {
            var used = usingStage(room, entered -> {
                throw thrown;
            });
            assertSame(thrown, assertThrows(IllegalArgumentException.class, () -> await(used)));
            var nothing = usingStage(room, entered -> null);
            var message = assertThrows(NullPointerException.class, () -> await(nothing))
                    .getMessage();
            assertEquals("the body with the room returned null in place of a stage", message);
            assertEquals(
                    List.of("enter", "exit after IllegalArgumentException", "enter", "exit after NullPointerException"),
                    room.notes());
        });
    }

    @Test
    void aFailureOfTheExitIsSuppressedInThatOfTheBody() throws Exception {
        room.left(() -> CompletableFuture.failedFuture(ofExit));
        VirtualTime.run(() -> {
            assertSame(ofBody, assertThrows(IOException.class, () -> await(failing())));
            assertEquals(List.of(ofExit), List.of(ofBody.getSuppressed()));
        });
    }

    @Test
    void aFailureOfTheExitAloneIsTheFailure() throws Exception {
        VirtualTime.run(() -> {
            room.left(() -> CompletableFuture.failedFuture(ofExit));
            var used = usingStage(room, entered -> CompletableFuture.completedFuture(1));
            assertSame(ofExit, assertThrows(IOException.class, () -> await(used)));
            room.left(() -> {
                throw new IllegalArgumentException("thrown");
            });
            var other = usingStage(room, entered -> CompletableFuture.completedFuture(1));
            assertThrows(IllegalArgumentException.class, () -> await(other));
        });
    }

    @Test
    void whatCouldNotBeEnteredIsNotLeft() throws Exception {
        VirtualTime.run(() -> {
            room.entered(() -> CompletableFuture.failedFuture(ofBody));
            assertSame(ofBody, assertThrows(IOException.class, () -> await(visit())));
            room.entered(() -> {
                throw new IllegalArgumentException("thrown");
            });
            var used = visit();
            assertThrows(IllegalArgumentException.class, () -> await(used));
            assertEquals(List.of("enter", "enter"), room.notes());
        });
    }

    @Test
    void whatIsOpenAndWhatIsBeingOpenedIsClosed() throws Exception {
        AsyncCloseable closeable = () -> {
            room.note("closing");
            return sleep(SECOND).thenAccept(slept -> room.note("closed"));
        };
        VirtualTime.run(() -> {
            assertSame(closeable, await(usingStage(closeable, CompletableFuture::completedFuture)));
            await(usingStage(sleep(SECOND, closeable), open -> {
                room.note("open");
                return open.closeAsync();
            }));
            assertEquals(List.of("closing", "closed", "open", "closing", "closed", "closing", "closed"), room.notes());
        });
    }

    /** Everything but the place where a stage ends belongs to the loop. */
    @Test
    void stagesOfOtherThreadsComeBackToTheLoop() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            room.entered(() -> Asyncio.toThread(() -> "room")).left(() -> {
                assertTrue(loop.isCurrent());
                return CompletableFuture.runAsync(() -> {});
            });
            var used = usingStage(room, entered -> {
                assertTrue(loop.isCurrent());
                return CompletableFuture.supplyAsync(() -> 7);
            });
            assertEquals(7, await(used));
        });
    }

    @Test
    void itIsRefusedOutsideOfALoop() {
        var refused = assertThrows(IllegalStateException.class, this::visit);
        assertTrue(refused.getMessage().startsWith("usingStage() was called outside"), refused.getMessage());
        assertEquals(List.of(), room.notes());
    }

    // ---- Cancellation ----------------------------------------------------------------------------------------------

    @Test
    void aCancelWhileEntering() throws Exception {
        room.entered(() -> sleep(LONG, "room"));
        VirtualTime.run(() -> {
            var visit = visit();
            await(sleep(SECOND));
            visit.cancel("no more");
            assertEquals("no more", assertCancelled(visit).getMessage());
            assertEquals(List.of("enter"), room.notes());
        });
    }

    @Test
    void aCancelInTheBodyReachesItsStageAndWaitsForTheExit() throws Exception {
        room.left(() -> sleep(SECOND));
        VirtualTime.run(() -> {
            var work = createTask(() -> await(sleep(LONG)));
            var visit = usingStage(room, entered -> work);
            await(sleep(SECOND));
            visit.cancel("no more");
            assertEquals("no more", assertCancelled(visit).getMessage());
            assertTrue(work.isCancelled());
            assertEquals(List.of("enter", "exit after CancellationException"), room.notes());
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        });
    }

    @Test
    void aCancelOfTheTaskAroundItOrOfAStageAfterItReachesTheBody() throws Exception {
        VirtualTime.run(() -> {
            var task = createStageTask(this::visit);
            var after = visit().thenApply(done -> 1);
            await(sleep(SECOND));
            task.cancel();
            assertCancelled(task);
            after.cancel(false);
            assertThrows(CancellationException.class, () -> await(after));
            assertEquals(
                    2,
                    room.notes().stream()
                            .filter("exit after CancellationException"::equals)
                            .count());
        });
    }

    @Test
    void aCancelWhileLeavingReachesTheExitWhichIsNotBegunAgain() throws Exception {
        room.left(() -> sleep(LONG));
        VirtualTime.run(() -> {
            var visit = usingStage(room, entered -> CompletableFuture.completedFuture(1));
            var failing = failing();
            await(sleep(SECOND));
            visit.cancel("no more");
            failing.cancel("no more");
            assertEquals("no more", assertCancelled(visit).getMessage());
            assertSame(ofBody, assertThrows(IOException.class, () -> await(failing)));
            assertEquals("no more", ofBody.getSuppressed()[0].getMessage());
            assertEquals(List.of("enter", "exit", "enter", "exit after IOException"), room.notes());
        });
    }

    /** The loop has not heard of the entering when the request comes, which has nothing to cancel then. */
    @Test
    void aCancelWhileTheNewsFromAnotherThreadIsOnItsWay() throws Exception {
        VirtualTime.run(() -> {
            for (var late : List.of("entering", "body", "exit")) {
                var stage = EventLoop.current().<String>createFuture();
                var used = useWithLate(late, stage);
                await(sleep(SECOND));
                EventLoop.current().callSoon(() -> {
                    CompletableFuture.runAsync(() -> stage.complete("room")).join();
                    used.cancel("no more");
                });
                assertEquals("no more", assertCancelled(used).getMessage());
            }
            assertEquals(
                    List.of(
                            "enter",
                            "exit after CancellationException",
                            "enter",
                            "exit after CancellationException",
                            "enter",
                            "exit"),
                    room.notes());
        });
    }

    private LoopFuture<String> useWithLate(String late, LoopFuture<String> stage) {
        var done = CompletableFuture.completedFuture("room");
        room.entered(() -> late.equals("entering") ? stage : done)
                .left(() -> late.equals("exit") ? stage.thenApply(value -> null) : done.thenApply(value -> null));
        return usingStage(room, entered -> late.equals("body") ? stage : done);
    }

    @Test
    void aCancelByTheBodyItselfIsDeliveredAtItsStage() throws Exception {
        VirtualTime.run(() -> {
            var opened = EventLoop.current().<String>createFuture();
            room.entered(() -> opened);
            var used = new CompletableFuture<LoopFuture<Integer>>();
            used.complete(usingStage(room, entered -> {
                used.join().cancel("by itself");
                return sleep(LONG, 1);
            }));
            opened.complete("room");
            assertEquals("by itself", assertCancelled(used.join()).getMessage());
            assertEquals(List.of("enter", "exit after CancellationException"), room.notes());
        });
    }

    @Test
    void whatComesTooLateIsLeftByATaskOfItsOwn(ErrorLog errors) throws Exception {
        var door = new CompletableFuture<String>();
        room.entered(door::minimalCompletionStage).left(() -> CompletableFuture.failedFuture(ofExit));
        VirtualTime.run(() -> {
            var visit = visit();
            visit.cancel();
            assertCancelled(visit);
            await(CompletableFuture.runAsync(() -> door.complete("room")));
            await(sleep(SECOND));
            assertEquals(List.of("enter", "exit after CancellationException"), room.notes());
        });
        assertSame(ofExit, errors.takeException());
    }

    @Test
    void aLockIsHeldWhileTheBodyRuns() throws Exception {
        var lock = new AsyncLock();
        VirtualTime.run(() -> {
            var first = lock.withLockAsync(() -> sleep(SECOND));
            var second = lock.withLockAsync(() -> sleep(SECOND));
            var third = lock.withLockAsync(() -> sleep(SECOND));
            second.cancel();
            assertCancelled(second);
            await(first);
            await(third);
            assertFalse(lock.isLocked());
            assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        });
    }

    /** A body that waits for the task around it: nothing would ever end, but for the request. */
    @Test
    void aCircleOfWaitingCanBeCancelled() throws Exception {
        VirtualTime.run(() -> {
            for (var inTheBody : List.of(true, false)) {
                var around = new CompletableFuture<CompletionStage<String>>();
                room.entered(() -> inTheBody ? CompletableFuture.completedFuture("room") : around.join());
                var task = createStageTask(() -> usingStage(room, entered -> around.join()));
                around.complete(task);
                await(sleep(SECOND));
                task.cancel("no more");
                assertEquals("no more", assertCancelled(task).getMessage());
            }
            assertEquals(List.of("enter", "exit after CancellationException", "enter"), room.notes());
        });
    }
}
