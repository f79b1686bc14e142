package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.CoroutineAction;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How other threads put and get. How such a call is broken off is in {@link QueueDoorEndTest}. */
@ExtendWith(AsyncioExtension.class)
class QueueDoorTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final AsyncQueue<Integer> queue = new AsyncQueue<>();
    private final AsyncQueue<Integer> bounded = new AsyncQueue<>(1);

    // ---- Blocking --------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void getBlocksUntilThereIsAnItem(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var door = queue.door();
            var got = toThread(door::get);
            Foreign.until(() -> queue.getters().size() == 1);
            queue.putNowait(1);
            assertEquals(1, await(got));
        });
    }

    @OnEachCarrier
    void putBlocksUntilThereIsRoom(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            bounded.putNowait(1);
            var door = bounded.door();
            var put = toThread(() -> door.put(2));
            Foreign.until(() -> bounded.putters().size() == 1);
            assertFalse(put.isDone());
            assertEquals(1, bounded.getNowait());
            await(put);
            assertEquals(2, bounded.getNowait());
        });
    }

    @Test
    void whatCanBeDoneAtOnceIsDone() throws Exception {
        VirtualTime.run(() -> {
            var door = bounded.door();
            await(toThread(() -> {
                door.put(1);
                assertEquals(1, door.get());
            }));
            assertTrue(bounded.isEmpty());
        });
    }

    @Test
    void nullIsAnItemLikeAnyOther() throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            await(toThread(() -> {
                door.put(null);
                assertNull(door.get());
            }));
        });
    }

    // ---- Without blocking, and for some time -----------------------------------------------------------------------

    @Test
    void offerPutsIfThereIsRoom() throws Exception {
        VirtualTime.run(() -> {
            var door = bounded.door();
            assertTrue(await(toThread(() -> door.offer(1))));
            assertFalse(await(toThread(() -> door.offer(2))));
            assertEquals(1, bounded.getNowait());
            assertTrue(bounded.isEmpty());
        });
    }

    @Test
    void pollGetsIfThereIsAnItem() throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            assertEquals(Optional.empty(), await(toThread(() -> door.poll())));
            queue.putNowait(1);
            assertEquals(Optional.of(1), await(toThread(() -> door.poll())));
            assertTrue(queue.isEmpty());
        });
    }

    static Stream<Duration> timesThatAreOver() {
        return Stream.of(
                Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE));
    }

    /** What can be done at once is not too late, however little time there is. */
    @ParameterizedTest
    @MethodSource("timesThatAreOver")
    void noTimeIsEnoughForWhatNeedsNone(Duration time) throws Exception {
        VirtualTime.run(() -> {
            var door = bounded.door();
            assertTrue(await(toThread(() -> door.offer(1, time))));
            assertEquals(Optional.of(1), await(toThread(() -> door.poll(time))));
        });
    }

    @ParameterizedTest
    @MethodSource("timesThatAreOver")
    void whenTimeIsUpNothingWasGotAndNobodyWaits(Duration time) throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            assertEquals(Optional.empty(), await(toThread(() -> door.poll(time))));
            assertTrue(queue.getters().isEmpty());
            queue.putNowait(1);
            assertEquals(1, queue.size());
        });
    }

    @ParameterizedTest
    @MethodSource("timesThatAreOver")
    void whenTimeIsUpNothingWasPutAndNobodyWaits(Duration time) throws Exception {
        VirtualTime.run(() -> {
            bounded.putNowait(1);
            var door = bounded.door();
            assertFalse(await(toThread(() -> door.offer(2, time))));
            assertTrue(bounded.putters().isEmpty());
            assertEquals(1, bounded.getNowait());
            assertTrue(bounded.isEmpty());
            assertEquals(1, bounded.unfinished());
        });
    }

    static Stream<Duration> timesThatAreLong() {
        return Stream.of(HOUR, ChronoUnit.FOREVER.getDuration());
    }

    @ParameterizedTest
    @MethodSource("timesThatAreLong")
    void whatComesInTimeIsGot(Duration time) throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            var got = toThread(() -> door.poll(time));
            Foreign.until(() -> queue.getters().size() == 1);
            queue.putNowait(1);
            assertEquals(Optional.of(1), await(got));
        });
    }

    @ParameterizedTest
    @MethodSource("timesThatAreLong")
    void roomThatComesInTimeIsUsed(Duration time) throws Exception {
        VirtualTime.run(() -> {
            bounded.putNowait(1);
            var door = bounded.door();
            var put = toThread(() -> door.offer(2, time));
            Foreign.until(() -> bounded.putters().size() == 1);
            bounded.getNowait();
            assertTrue(await(put));
            assertEquals(2, bounded.getNowait());
        });
    }

    /** An Optional cannot hold it, and it must not get lost. */
    @Test
    void pollRefusesToTakeNull() throws Exception {
        VirtualTime.run(() -> {
            queue.putNowait(null);
            var door = queue.door();
            for (var poll : List.<CoroutineAction>of(door::poll, () -> door.poll(HOUR))) {
                var refused = await(toThread(() -> assertThrows(IllegalStateException.class, poll::run)));
                assertTrue(refused.getMessage().endsWith("use get()"), refused.getMessage());
                assertEquals(1, queue.size());
            }
            assertNull(await(toThread(door::get)));
        });
    }

    // ---- Without blocking the thread -------------------------------------------------------------------------------

    @Test
    void aRequestMayBeWaitedForLater() throws Exception {
        VirtualTime.run(() -> {
            var door = bounded.door();
            await(toThread(() -> {
                var got = door.getAsync();
                assertNull(door.putAsync(1).join());
                assertEquals(1, got.join());
            }));
        });
    }

    @Test
    void aRequestThatIsCancelledInTimeHasDoneNothing() throws Exception {
        VirtualTime.run(() -> {
            bounded.putNowait(1);
            var door = bounded.door();
            await(toThread(() -> {
                var put = door.putAsync(2);
                assertTrue(put.cancel(false));
                assertThrows(CancellationException.class, put::join);
            }));
            assertTrue(bounded.putters().isEmpty());
            assertEquals(1, bounded.getNowait());
            assertTrue(bounded.isEmpty());
        });
    }

    @Test
    void aRequestThatIsCancelledTooLateHasDoneWhatItSays() throws Exception {
        VirtualTime.run(() -> {
            queue.putNowait(1);
            var door = queue.door();
            await(toThread(() -> {
                var got = door.getAsync();
                got.cancel(false);
                assertEquals(1, got.join());
                assertFalse(got.cancel(false));
            }));
            assertTrue(queue.isEmpty());
        });
    }

    // ---- Where it may be used --------------------------------------------------------------------------------------

    @OnEachCarrier
    void onTheLoopItWouldWaitForItself(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var door = queue.door();
            refused("put", () -> door.put(1));
            refused("offer", () -> door.offer(1));
            refused("offer", () -> door.offer(1, HOUR));
            refused("get", door::get);
            refused("poll", door::poll);
            refused("poll", () -> door.poll(HOUR));
            refused("taskDone", door::taskDone);
            refused("join", door::join);
            refused("shutdown", () -> door.shutdown(false));
            assertTrue(queue.isEmpty());
            assertFalse(queue.isShutdown());
        });
    }

    private static void refused(String method, CoroutineAction use) {
        var refused = assertThrows(IllegalStateException.class, use::run);
        assertEquals(
                method + "() of the door of AsyncQueue[0 items] would block the loop that has to answer:"
                        + " on the loop use the queue itself",
                refused.getMessage());
    }

    @Test
    void isOpenedOnTheLoopThatTheQueueBelongsTo() throws Exception {
        assertThrows(IllegalStateException.class, queue::door);
        VirtualTime.run(() -> {
            queue.door();
        });
        VirtualTime.run(() -> {
            var refused = assertThrows(IllegalStateException.class, queue::door);
            assertTrue(refused.getMessage().contains("is bound to a different event loop"), refused.getMessage());
        });
    }

    @Test
    void aTimeMustBeGiven() throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            await(toThread(() -> {
                assertThrows(NullPointerException.class, () -> door.offer(1, null));
                assertThrows(NullPointerException.class, () -> door.poll(null));
            }));
            assertTrue(queue.isEmpty());
            assertTrue(queue.getters().isEmpty());
        });
    }
}
