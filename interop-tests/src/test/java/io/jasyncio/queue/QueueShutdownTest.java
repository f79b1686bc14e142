package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A queue that lets nothing more in (S93), and perhaps drops what is there (S94). */
@ExtendWith(AsyncioExtension.class)
class QueueShutdownTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AsyncQueue<Integer> queue = new AsyncQueue<>(2);

    private void fill() {
        queue.putNowait(1);
        queue.putNowait(2);
    }

    // ---- Putting and getting ---------------------------------------------------------------------------------------

    @OnEachCarrier
    void whatComesAfterwardsIsRefused(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            queue.shutdown();
            assertTrue(queue.isShutdown());
            var refused = assertThrows(QueueShutDownException.class, () -> queue.putNowait(1));
            assertEquals(
                    "cannot put into a queue that was shut down: AsyncQueue[0 of 2 items, shut down]",
                    refused.getMessage());
            refused = assertThrows(QueueShutDownException.class, () -> await(queue.putAsync(1)));
            assertTrue(refused.getMessage().startsWith("cannot put into"), refused.getMessage());
            assertEquals(0, queue.unfinished());
        });
    }

    /** Whether there is room has nothing to do with it. */
    @Test
    void aFullOneRefusesBecauseItIsShutDown() throws Exception {
        VirtualTime.run(() -> {
            fill();
            queue.shutdown();
            assertThrows(QueueShutDownException.class, () -> queue.putNowait(3));
            assertThrows(QueueShutDownException.class, () -> await(queue.putAsync(3)));
            assertEquals(2, queue.size());
        });
    }

    @OnEachCarrier
    void whatIsThereCanStillBeGot(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            fill();
            queue.shutdown();
            assertEquals(1, await(queue.getAsync()));
            assertEquals(2, queue.getNowait());
            var refused = assertThrows(QueueShutDownException.class, () -> await(queue.getAsync()));
            assertEquals(
                    "cannot get from a queue that was shut down: AsyncQueue[0 of 2 items, shut down]",
                    refused.getMessage());
            assertThrows(QueueShutDownException.class, queue::getNowait);
        });
    }

    @OnEachCarrier
    void whoWaitsForAnItemIsToldThatNoneWillCome(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var one = createTask(() -> await(queue.getAsync()));
            var other = createTask(() -> await(queue.getAsync()));
            await(sleep(TICK));
            queue.shutdown();
            assertThrows(QueueShutDownException.class, () -> await(one));
            assertThrows(QueueShutDownException.class, () -> await(other));
        });
    }

    @OnEachCarrier
    void whoWaitsForRoomIsRefused(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            fill();
            var putter = createTask(() -> await(queue.putAsync(3)));
            await(sleep(TICK));
            queue.shutdown();
            assertThrows(QueueShutDownException.class, () -> await(putter));
            assertEquals(2, queue.size());
            assertEquals(2, queue.unfinished());
        });
    }

    @Test
    void whoWasWokenForAnItemGetsIt() throws Exception {
        VirtualTime.run(() -> {
            var first = queue.getAsync();
            var second = queue.getAsync();
            queue.putNowait(1);
            queue.shutdown();
            assertEquals(1, await(first));
            assertThrows(QueueShutDownException.class, () -> await(second));
        });
    }

    @Test
    void whoWasWokenForRoomIsRefused() throws Exception {
        VirtualTime.run(() -> {
            fill();
            var putter = queue.putAsync(3);
            queue.getNowait();
            queue.shutdown();
            assertThrows(QueueShutDownException.class, () -> await(putter));
            assertEquals(1, queue.size());
        });
    }

    @Test
    void theItemOfWhoIsCancelledInThePassOfTheShutdownGoesToTheNext() throws Exception {
        VirtualTime.run(() -> {
            var leaves = queue.getAsync();
            var next = queue.getAsync();
            queue.putNowait(1);
            leaves.cancel();
            queue.shutdown();
            assertEquals(1, await(next));
            assertThrows(CancellationException.class, () -> await(leaves));
        });
    }

    @Test
    void aHundredThousandWhoWaitAreToldAtOnce() throws Exception {
        VirtualTime.run(() -> {
            var getters = Stream.generate(queue::getAsync).limit(100_000).toList();
            queue.shutdown();
            await(sleep(TICK));
            assertTrue(getters.stream().allMatch(getter -> getter.exception() instanceof QueueShutDownException));
        });
    }

    // ---- How often, and when ---------------------------------------------------------------------------------------

    @Test
    void twiceIsOnceAndThenPerhapsImmediately() {
        fill();
        queue.shutdown();
        queue.shutdown(false);
        assertEquals(2, queue.size());
        queue.shutdown(true);
        assertEquals(0, queue.size());
        queue.shutdown(false);
        assertTrue(queue.isShutdown());
        assertEquals(0, queue.unfinished());
    }

    @Test
    void isPossibleBeforeThereIsALoop() throws Exception {
        fill();
        queue.shutdown();
        VirtualTime.run(() -> {
            assertEquals(1, await(queue.getAsync()));
            assertEquals(2, await(queue.getAsync()));
            assertThrows(QueueShutDownException.class, () -> await(queue.getAsync()));
        });
    }

    // ---- Immediately -----------------------------------------------------------------------------------------------

    @OnEachCarrier
    void whatIsThereIsDroppedAndCountsAsDone(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            fill();
            var joins = createTask(() -> await(queue.joinAsync()));
            await(sleep(TICK));
            queue.shutdown(true);
            assertEquals(0, queue.size());
            assertEquals(0, queue.unfinished());
            await(joins);
            assertThrows(QueueShutDownException.class, () -> await(queue.getAsync()));
        });
    }

    /** S94. */
    @OnEachCarrier
    void whatWasGotButIsNotDoneHoldsUpTheJoin(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            fill();
            assertEquals(1, queue.getNowait());
            var joins = createTask(() -> await(queue.joinAsync()));
            await(sleep(TICK));
            queue.shutdown(true);
            assertEquals(1, queue.unfinished());
            await(sleep(SECOND));
            assertFalse(joins.isDone());
            queue.taskDone();
            await(joins);
        });
    }

    /** They were in the queue when it was dropped: there is nothing for who was woken. */
    @Test
    void whoWasWokenForAnItemGetsNothing() throws Exception {
        VirtualTime.run(() -> {
            var getter = queue.getAsync();
            queue.putNowait(1);
            queue.shutdown(true);
            assertThrows(QueueShutDownException.class, () -> await(getter));
            assertEquals(0, queue.unfinished());
        });
    }

    @Test
    void whatWasReportedDoneTooEarlyIsNotCountedTwice() {
        fill();
        queue.taskDone();
        queue.taskDone();
        queue.shutdown(true);
        assertEquals(0, queue.unfinished());
        assertThrows(IllegalStateException.class, queue::taskDone);
    }

    @Test
    void holdsForEveryKindOfQueue() {
        for (var queue : Stream.<AsyncQueue<Integer>>of(new AsyncPriorityQueue<>(), new AsyncLifoQueue<>())
                .toList()) {
            queue.putNowait(1);
            queue.shutdown(true);
            assertThrows(QueueShutDownException.class, queue::getNowait);
            assertThrows(QueueShutDownException.class, () -> queue.putNowait(1));
        }
    }
}
