package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A queue between tasks: order, sizes, and how it keeps count of what is done (S90, S92). */
@ExtendWith(AsyncioExtension.class)
class QueueTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AsyncQueue<Integer> queue = new AsyncQueue<>();
    private final AsyncQueue<Integer> bounded = new AsyncQueue<>(2);

    // ---- Without waiting -------------------------------------------------------------------------------------------

    @Test
    void firstInFirstOut() {
        IntStream.range(0, 100).forEach(queue::putNowait);
        for (var i = 0; i < 100; i++) {
            assertEquals(i, queue.getNowait());
        }
        assertTrue(queue.isEmpty());
    }

    /** Around the end of the ring, and while it grows. */
    @Test
    void firstInFirstOutAlsoWhenItGrowsInTheMiddle() {
        var next = 0;
        var expected = 0;
        for (var round = 1; round <= 50; round++) {
            for (var i = 0; i < round; i++) {
                queue.putNowait(next++);
            }
            for (var i = 0; i < round / 2; i++) {
                assertEquals(expected++, queue.getNowait());
            }
            assertEquals(next - expected, queue.size());
        }
    }

    @Test
    void knowsItsSizes() {
        assertEquals(2, bounded.maxSize());
        assertEquals(0, queue.maxSize());
        assertTrue(bounded.isEmpty());
        bounded.putNowait(1);
        assertEquals(1, bounded.size());
        assertFalse(bounded.isEmpty());
        assertFalse(bounded.isFull());
        bounded.putNowait(2);
        assertTrue(bounded.isFull());
        IntStream.range(0, 1_000).forEach(queue::putNowait);
        assertFalse(queue.isFull());
    }

    @Test
    void nullIsAnItemLikeAnyOther() throws Exception {
        var queue = new AsyncQueue<Integer>(2);
        queue.putNowait(null);
        VirtualTime.run(() -> {
            await(queue.putAsync(null));
            assertTrue(queue.isFull());
            var blocked = queue.putAsync(null);
            assertNull(queue.getNowait());
            await(blocked);
            assertNull(await(queue.getAsync()));
            assertNull(await(queue.getAsync()));
            var getter = queue.getAsync();
            queue.putNowait(null);
            assertNull(await(getter));
            assertEquals(0, queue.size());
        });
    }

    @Test
    void whatThereIsNoRoomForIsRefused() {
        bounded.putNowait(1);
        bounded.putNowait(2);
        var refused = assertThrows(QueueFullException.class, () -> bounded.putNowait(3));
        assertEquals("no room in AsyncQueue[2 of 2 items]: use putAsync(item) to wait for it", refused.getMessage());
        assertEquals(2, bounded.unfinished());
        assertEquals(1, bounded.getNowait());
    }

    @Test
    void whatIsNotThereIsRefused() {
        var refused = assertThrows(QueueEmptyException.class, queue::getNowait);
        assertEquals("nothing in AsyncQueue[0 items]: use getAsync() to wait for an item", refused.getMessage());
        queue.putNowait(1);
        assertEquals(1, queue.getNowait());
    }

    @Test
    void aNegativeSizeIsRefused() {
        for (var make : List.<Runnable>of(
                () -> new AsyncQueue<>(-1), () -> new AsyncPriorityQueue<>(-1), () -> new AsyncLifoQueue<>(-1))) {
            var refused = assertThrows(IllegalArgumentException.class, make::run);
            assertEquals("maxSize is -1: use 0 for a queue without a bound", refused.getMessage());
        }
    }

    @Test
    void isFilledBeforeThereIsALoop() throws Exception {
        queue.putNowait(1);
        queue.putNowait(2);
        VirtualTime.run(() -> {
            assertEquals(1, await(queue.getAsync()));
            assertEquals(2, await(queue.getAsync()));
        });
        queue.putNowait(3);
        assertEquals(3, queue.getNowait());
    }

    @OnEachCarrier
    void whatIsThereAndWhatHasRoomDoesNotMakeTheTaskWait(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var other = createTask(() -> steps.expect(2));
            await(bounded.putAsync(1));
            await(bounded.putAsync(2));
            assertEquals(1, await(bounded.getAsync()));
            steps.expect(1);
            await(other);
            steps.finish(3);
        });
    }

    /** Which allocates nothing. */
    @Test
    void aPutThatHasRoomIsAnsweredWithOneAndTheSameFuture() throws Exception {
        VirtualTime.run(() -> {
            assertTrue(queue.putAsync(1).isDone());
            assertSame(queue.putAsync(1), bounded.putAsync(1));
            assertSame(queue.putAsync(1), new AsyncQueue<>().joinAsync());
        });
    }

    // ---- Keeping count ---------------------------------------------------------------------------------------------

    @OnEachCarrier
    void joinWaitsUntilEverythingIsDone(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            queue.putNowait(1);
            queue.putNowait(2);
            var joins = createTask(() -> {
                await(queue.joinAsync());
                steps.expect(3);
            });
            await(sleep(TICK));
            queue.getNowait();
            queue.getNowait();
            assertEquals(2, queue.unfinished());
            steps.expect(1);
            queue.taskDone();
            await(sleep(SECOND));
            assertFalse(joins.isDone());
            steps.expect(2);
            queue.taskDone();
            await(joins);
            steps.finish(4);
        });
    }

    @OnEachCarrier
    void joinDoesNotWaitIfNothingIsLeftToDo(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var other = createTask(() -> steps.expect(2));
            await(queue.joinAsync());
            steps.expect(1);
            await(other);
            steps.finish(3);
        });
    }

    /** He was called. */
    @Test
    void whoJoinsGoesOnEvenIfMoreHasCome() throws Exception {
        VirtualTime.run(() -> {
            queue.putNowait(1);
            var joins = queue.joinAsync();
            queue.getNowait();
            queue.taskDone();
            queue.putNowait(2);
            await(joins);
            assertEquals(1, queue.unfinished());
        });
    }

    /** S92. */
    @Test
    void taskDoneOnceTooOftenIsRefused() throws Exception {
        var refused = assertThrows(IllegalStateException.class, queue::taskDone);
        assertEquals(
                "taskDone() was called more often than items were put into AsyncQueue[0 items]", refused.getMessage());
        queue.putNowait(1);
        queue.taskDone();
        assertThrows(IllegalStateException.class, queue::taskDone);
        assertEquals(0, queue.unfinished());
        assertEquals(1, queue.getNowait());
        VirtualTime.run(() -> assertTrue(queue.joinAsync().isDone()));
    }

    // ---- Where it may be used --------------------------------------------------------------------------------------

    /** What belongs to the loop. */
    record Use(String name, Consumer<AsyncQueue<Integer>> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Use> usesOfTheLoopOnly() {
        return Stream.of(
                new Use("putAsync", queue -> queue.putAsync(2)),
                new Use("putNowait", queue -> queue.putNowait(2)),
                new Use("getAsync", AsyncQueue::getAsync),
                new Use("getNowait", AsyncQueue::getNowait),
                new Use("taskDone", AsyncQueue::taskDone),
                new Use("joinAsync", AsyncQueue::joinAsync),
                new Use("shutdown", AsyncQueue::shutdown),
                new Use("shutdown", queue -> queue.shutdown(true)));
    }

    @ParameterizedTest
    @MethodSource("usesOfTheLoopOnly")
    void anotherThreadIsRefusedAndToldWhatToDo(Use use) throws Exception {
        VirtualTime.run(() -> {
            queue.getAsync().cancel();
            queue.putNowait(1);
            var refused = await(toThread(() ->
                    assertThrows(IllegalStateException.class, () -> use.of().accept(queue))));
            assertTrue(refused.getMessage().startsWith(use.name() + "() was called from thread"), refused.getMessage());
            assertTrue(refused.getMessage().contains("call door()"), refused.getMessage());
            assertEquals(1, queue.size());
            assertEquals(1, queue.unfinished());
            assertFalse(queue.isShutdown());
        });
    }

    @Test
    void saysHowItIs() {
        assertEquals("AsyncQueue[0 items]", queue.toString());
        bounded.putNowait(1);
        bounded.shutdown();
        assertEquals("AsyncQueue[1 of 2 items, shut down]", bounded.toString());
    }
}
