package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The item that came last comes first (S95). */
@ExtendWith(AsyncioExtension.class)
class LifoQueueTest {

    private static final Duration TICK = Duration.ZERO;

    private final AsyncLifoQueue<Integer> queue = new AsyncLifoQueue<>();

    @Test
    void lastInFirstOut() {
        IntStream.range(0, 100).forEach(queue::putNowait);
        for (var i = 99; i >= 0; i--) {
            assertEquals(i, queue.getNowait());
        }
        assertTrue(queue.isEmpty());
    }

    @Test
    void whatComesInBetweenComesFirst() {
        queue.putNowait(1);
        queue.putNowait(2);
        assertEquals(2, queue.getNowait());
        queue.putNowait(3);
        assertEquals(3, queue.getNowait());
        assertEquals(1, queue.getNowait());
    }

    @OnEachCarrier
    void aGetterGetsTheLastThatIsThereAtHisTurn(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var getter = createTask(() -> await(queue.getAsync()));
            await(sleep(TICK));
            queue.putNowait(1);
            queue.putNowait(2);
            assertEquals(2, await(getter));
            assertEquals(1, queue.getNowait());
        });
    }

    @OnEachCarrier
    void aBoundedOneMakesPuttersWait(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var bounded = new AsyncLifoQueue<Integer>(1);
            await(bounded.putAsync(1));
            assertThrows(QueueFullException.class, () -> bounded.putNowait(2));
            var putter = createTask(() -> await(bounded.putAsync(2)));
            await(sleep(TICK));
            assertEquals(1, await(bounded.getAsync()));
            await(putter);
            assertEquals(2, await(bounded.getAsync()));
        });
    }

    @Test
    void whatIsGivenBackIsTheNextOneAgain() throws Exception {
        VirtualTime.run(() -> {
            var wait = queue.getAsync();
            var one = createTask(() -> await(wait));
            var other = createTask(() -> await(wait));
            await(sleep(TICK));
            queue.putNowait(1);
            queue.putNowait(2);
            EventLoop.current().callSoon(() -> {
                one.cancel();
                other.cancel();
            });
            await(sleep(Duration.ofSeconds(1)));
            assertTrue(one.isCancelled() && other.isCancelled());
            assertEquals(2, queue.getNowait());
            assertEquals(1, queue.getNowait());
        });
    }

    @Test
    void nullIsAnItemLikeAnyOther() {
        queue.putNowait(1);
        queue.putNowait(null);
        assertEquals(2, queue.size());
        assertNull(queue.getNowait());
        assertEquals(1, queue.getNowait());
    }
}
