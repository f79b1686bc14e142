package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a call through a door ends before its time: by an interrupt, by the queue's shutdown, by the end of the loop. */
@ExtendWith(AsyncioExtension.class)
class QueueDoorEndTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final AsyncQueue<Integer> queue = new AsyncQueue<>();
    private final AsyncQueue<Integer> full = new AsyncQueue<>(1);

    QueueDoorEndTest() {
        full.putNowait(1);
    }

    /** A call that blocks: on the empty queue or on the full one. */
    interface Call {
        Object of(QueueDoor<Integer> empty, QueueDoor<Integer> full) throws Exception;
    }

    record Blocking(String name, Call call) {
        @Override
        public String toString() {
            return name;
        }

        Callable<Object> through(QueueDoor<Integer> empty, QueueDoor<Integer> full) {
            return () -> call.of(empty, full);
        }
    }

    static Stream<Blocking> callsThatBlock() {
        return Stream.of(
                new Blocking("get", (empty, full) -> empty.get()),
                new Blocking("poll", (empty, full) -> empty.poll(HOUR)),
                new Blocking("put", (empty, full) -> {
                    full.put(2);
                    return "put";
                }),
                new Blocking("offer", (empty, full) -> full.offer(2, HOUR)));
    }

    private boolean isSomebodyBlocked() {
        return queue.getters().size() + full.putters().size() > 0;
    }

    private void assertThatNothingWasGotOrPut() {
        assertFalse(isSomebodyBlocked());
        queue.putNowait(5);
        assertEquals(5, queue.getNowait());
        assertEquals(1, full.unfinished());
        assertEquals(1, full.getNowait());
        assertTrue(full.isEmpty());
    }

    // ---- Interrupts ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("callsThatBlock")
    void anInterruptWithdrawsTheCall(Blocking blocking) throws Exception {
        VirtualTime.run(() -> {
            var blocked = Foreign.start(blocking.through(queue.door(), full.door()));
            Foreign.until(this::isSomebodyBlocked);
            blocked.thread().interrupt();
            assertThrows(InterruptedException.class, () -> await(blocked.outcome()));
            assertThatNothingWasGotOrPut();
        });
    }

    @Test
    void anInterruptWithdrawsAJoin() throws Exception {
        VirtualTime.run(() -> {
            var door = full.door();
            var blocked = Foreign.start(() -> {
                door.join();
                return "joined";
            });
            blocked.thread().interrupt();
            assertThrows(InterruptedException.class, () -> await(blocked.outcome()));
            assertEquals(1, full.unfinished());
        });
    }

    /** The loop was quicker: the item was got, so the caller must have it. */
    @Test
    void anInterruptThatIsTooLateStands() throws Exception {
        VirtualTime.run(() -> {
            queue.putNowait(7);
            var door = queue.door();
            var foreign = Foreign.start(() -> {
                Thread.currentThread().interrupt();
                var got = door.get();
                assertTrue(Thread.interrupted());
                Thread.currentThread().interrupt();
                door.put(got + 1);
                assertTrue(Thread.interrupted());
                Thread.currentThread().interrupt();
                assertEquals(Optional.of(8), door.poll(HOUR));
                assertTrue(Thread.interrupted());
                return got;
            });
            assertEquals(7, await(foreign.outcome()));
            assertTrue(queue.isEmpty());
        });
    }

    @Test
    void anInterruptDoesNotDisturbWhatDoesNotBlock() throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            var foreign = Foreign.start(() -> {
                Thread.currentThread().interrupt();
                assertTrue(door.offer(1));
                assertEquals(Optional.of(1), door.poll());
                door.taskDone();
                door.shutdown(false);
                return Thread.interrupted();
            });
            assertTrue(await(foreign.outcome()));
            assertTrue(queue.isShutdown());
        });
    }

    // ---- Shutting the queue down -----------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("callsThatBlock")
    void theShutdownOfTheQueueReachesWhoIsBlocked(Blocking blocking) throws Exception {
        VirtualTime.run(() -> {
            var blocked = Foreign.start(blocking.through(queue.door(), full.door()));
            Foreign.until(this::isSomebodyBlocked);
            queue.shutdown();
            full.shutdown();
            assertThrows(QueueShutDownException.class, () -> await(blocked.outcome()));
            assertEquals(1, full.size());
        });
    }

    @Test
    void aThreadMayShutTheQueueDown() throws Exception {
        VirtualTime.run(() -> {
            var door = full.door();
            await(toThread(() -> {
                door.shutdown(false);
                assertThrows(QueueShutDownException.class, () -> door.put(2));
                assertThrows(QueueShutDownException.class, () -> door.offer(2));
                assertThrows(QueueShutDownException.class, () -> door.offer(2, HOUR));
                assertEquals(1, door.get());
                assertThrows(QueueShutDownException.class, door::get);
                assertThrows(QueueShutDownException.class, door::poll);
                assertThrows(QueueShutDownException.class, () -> door.poll(HOUR));
            }));
            assertEquals(1, full.unfinished());
        });
    }

    @Test
    void aThreadMayDropWhatIsThere() throws Exception {
        VirtualTime.run(() -> {
            var door = full.door();
            var joins = full.joinAsync();
            await(toThread(() -> door.shutdown(true)));
            await(joins);
            assertTrue(full.isEmpty());
        });
    }

    // ---- Keeping count ---------------------------------------------------------------------------------------------

    @Test
    void threadsWorkAndAThreadWaitsForThem() throws Exception {
        VirtualTime.run(() -> {
            queue.putNowait(1);
            queue.putNowait(2);
            var door = queue.door();
            var joins = toThread(() -> door.join());
            await(toThread(() -> {
                door.get();
                door.taskDone();
            }));
            assertFalse(joins.isDone());
            await(toThread(() -> {
                door.get();
                door.taskDone();
            }));
            await(joins);
        });
    }

    @Test
    void taskDoneOnceTooOftenIsRefusedAsOnTheLoop() throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            var refused = await(toThread(() -> assertThrows(IllegalStateException.class, door::taskDone)));
            assertEquals(
                    "taskDone() was called more often than items were put into AsyncQueue[0 items]",
                    refused.getMessage());
        });
    }

    @Test
    void anItemThatTheQueueRefusesIsTheCallersError() throws Exception {
        VirtualTime.run(() -> {
            var door = new AsyncPriorityQueue<Object>().door();
            await(toThread(() -> {
                assertThrows(ClassCastException.class, () -> door.put(new Object()));
                assertThrows(ClassCastException.class, () -> door.offer(new Object()));
                assertThrows(ClassCastException.class, () -> door.offer(new Object(), HOUR));
            }));
        });
    }

    // ---- The end of the loop ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("callsThatBlock")
    void theEndOfTheProgramReachesWhoIsBlocked(Blocking blocking) throws Exception {
        var blocked = VirtualTime.run(() -> {
            var task = new FutureTask<>(blocking.through(queue.door(), full.door()));
            new Thread(task, "foreign").start();
            Foreign.until(this::isSomebodyBlocked);
            return task;
        });
        var failure = assertThrows(ExecutionException.class, blocked::get).getCause();
        assertEquals(IllegalStateException.class, failure.getClass());
        assertEquals("the event loop was shut down while this thread waited for its queue", failure.getMessage());
    }

    /** Nobody has cancelled anything: the loop is just closed under it. */
    @ParameterizedTest
    @MethodSource("callsThatBlock")
    void aLoopThatIsClosedReachesWhoIsBlocked(Blocking blocking, ErrorLog errors) throws Exception {
        var loop = EventLoop.create(VirtualTime.options());
        var started = new CompletableFuture<FutureTask<Object>>();
        loop.createTask(() -> {
            var task = new FutureTask<>(blocking.through(queue.door(), full.door()));
            new Thread(task, "foreign").start();
            Foreign.until(this::isSomebodyBlocked);
            started.complete(task);
            loop.stop();
        });
        loop.runForever();
        loop.close();
        var failure = assertThrows(
                        ExecutionException.class, () -> started.join().get())
                .getCause();
        assertEquals(IllegalStateException.class, failure.getClass());
        assertTrue(
                errors.takeMessages().stream().allMatch(text -> text.startsWith("Task was destroyed")), "one message");
    }

    @ParameterizedTest
    @MethodSource("callsThatBlock")
    void aClosedLoopIsRefused(Blocking blocking) throws Exception {
        var empty = VirtualTime.run(queue::door);
        var refused = assertThrows(
                IllegalStateException.class,
                () -> blocking.through(empty, empty).call());
        assertEquals("Event loop is closed", refused.getMessage());
        assertThrows(IllegalStateException.class, () -> empty.putAsync(1));
        assertThrows(IllegalStateException.class, () -> empty.offer(1));
        assertTrue(queue.isEmpty());
    }

    /** A withdrawal in the pass of the hand-over: either the thread has the item or the queue. */
    @Test
    void anItemIsNeverLostBetweenTheLoopAndAThreadThatGivesUp() throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            for (var item = 0; item < 300; item++) {
                var number = item;
                var got = Foreign.start(() -> door.poll(Duration.ofNanos(number * 1_000)));
                await(sleep(Duration.ZERO));
                queue.putNowait(number);
                var polled = await(got.outcome());
                assertEquals(number, polled.isPresent() ? polled.get() : queue.getNowait());
                assertTrue(queue.isEmpty());
            }
        });
    }
}
