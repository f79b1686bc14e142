package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who waits for an item or for room (S90, S91). What every wait has in common is in {@link io.jasyncio.sync.EveryWaitTest}. */
@ExtendWith(AsyncioExtension.class)
class QueueWaitTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AsyncQueue<Integer> queue = new AsyncQueue<>();
    private final AsyncQueue<Integer> bounded = new AsyncQueue<>(2);

    // ---- Waiting ---------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void gettersAreServedInTheirOrder(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var first = createTask(() -> await(queue.getAsync()));
            var second = createTask(() -> await(queue.getAsync()));
            await(sleep(TICK));
            queue.putNowait(1);
            queue.putNowait(2);
            assertEquals(1, await(first));
            assertEquals(2, await(second));
        });
    }

    @OnEachCarrier
    void puttersAreServedInTheirOrder(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            for (var item = 1; item <= 4; item++) {
                var number = item;
                createTask(() -> await(bounded.putAsync(number)));
            }
            await(sleep(TICK));
            assertEquals(2, bounded.size());
            for (var item = 1; item <= 4; item++) {
                assertEquals(item, await(bounded.getAsync()));
                await(sleep(TICK));
            }
        });
    }

    @OnEachCarrier
    void aFastProducerWaitsForASlowConsumer(Carrier carrier) throws Exception {
        var got = new ArrayList<Integer>();
        VirtualTime.run(carrier, () -> {
            var consumer = createTask(() -> {
                for (var i = 0; i < 6; i++) {
                    await(sleep(SECOND));
                    got.add(await(bounded.getAsync()));
                }
            });
            for (var i = 0; i < 6; i++) {
                await(bounded.putAsync(i));
            }
            assertEquals(Duration.ofSeconds(4), VirtualTime.elapsed());
            await(consumer);
            assertEquals(List.of(0, 1, 2, 3, 4, 5), got);
        });
    }

    /** S90: an item is not set aside for who was woken; who finds nothing stands at the end of the line again. */
    @Test
    void anItemMayBeStolenAndTheLoserGoesToTheEndOfTheLine() throws Exception {
        VirtualTime.run(() -> {
            var loser = queue.getAsync();
            var second = queue.getAsync();
            queue.putNowait(1);
            assertEquals(1, queue.getNowait());
            await(sleep(TICK));
            assertFalse(loser.isDone());
            queue.putNowait(2);
            assertEquals(2, await(second));
            assertFalse(loser.isDone());
            queue.putNowait(3);
            assertEquals(3, await(loser));
        });
    }

    @Test
    void roomMayBeStolenAndTheLoserGoesToTheEndOfTheLine() throws Exception {
        var queue = new AsyncQueue<Integer>(1);
        VirtualTime.run(() -> {
            queue.putNowait(0);
            queue.putAsync(1);
            var second = queue.putAsync(2);
            queue.getNowait();
            queue.putNowait(9);
            await(sleep(TICK));
            assertEquals(9, queue.getNowait());
            await(second);
            assertEquals(2, queue.getNowait());
            assertEquals(1, await(queue.getAsync()));
        });
    }

    @Test
    void oneItemWakesOneGetter() throws Exception {
        VirtualTime.run(() -> {
            var first = queue.getAsync();
            var second = queue.getAsync();
            queue.putNowait(1);
            assertEquals(1, await(first));
            await(sleep(SECOND));
            assertFalse(second.isDone());
        });
    }

    @OnEachCarrier
    void threeProducersAndTwoConsumersMoveEachItemOnce(Carrier carrier) throws Exception {
        var got = new ArrayList<Integer>();
        VirtualTime.run(carrier, () -> {
            var producers = new ArrayList<Task<?>>();
            for (var producer = 0; producer < 3; producer++) {
                var first = producer * 100;
                producers.add(createTask(() -> {
                    for (var i = 0; i < 50; i++) {
                        await(bounded.putAsync(first + i));
                    }
                }));
            }
            for (var consumer = 0; consumer < 2; consumer++) {
                createTask(() -> {
                    while (true) {
                        got.add(await(bounded.getAsync()));
                        bounded.taskDone();
                    }
                });
            }
            await(gather(producers));
            await(bounded.joinAsync());
            assertEquals(150, got.stream().distinct().count());
            assertEquals(150, got.size());
        });
    }

    // ---- Cancellation ----------------------------------------------------------------------------------------------

    /** S91, and it is still the first one. */
    @OnEachCarrier
    void theItemOfACancelledGetterStaysAtTheHead(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var getter = createTask(() -> await(queue.getAsync()));
            await(sleep(TICK));
            queue.putNowait(1);
            queue.putNowait(2);
            getter.cancel();
            assertThrows(CancellationException.class, () -> await(getter));
            assertEquals(1, queue.getNowait());
            assertEquals(2, queue.getNowait());
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
                assertEquals(1, queue.size());
            });
            await(sleep(SECOND));
            assertTrue(one.isCancelled());
            assertTrue(other.isCancelled());
            assertEquals(2, queue.size());
            assertEquals(2, queue.unfinished());
            assertEquals(1, queue.getNowait());
        });
    }

    @OnEachCarrier
    void theItemOfACancelledPutterIsNotPut(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            bounded.putNowait(1);
            bounded.putNowait(2);
            var putter = createTask(() -> await(bounded.putAsync(3)));
            var woken = createTask(() -> await(bounded.putAsync(4)));
            await(sleep(TICK));
            putter.cancel();
            bounded.getNowait();
            woken.cancel();
            assertThrows(CancellationException.class, () -> await(putter));
            assertThrows(CancellationException.class, () -> await(woken));
            assertEquals(2, bounded.getNowait());
            assertTrue(bounded.isEmpty());
            assertEquals(2, bounded.unfinished());
        });
    }

    /** S79: the item is in the future, for whoever asks that. */
    @OnEachCarrier
    void anItemThatIsWaitedForBehindAShieldIsInItsFuture(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var item = queue.getAsync();
            var task = createTask(() -> await(shield(item)));
            await(sleep(TICK));
            task.cancel();
            queue.putNowait(1);
            assertThrows(CancellationException.class, () -> await(task));
            assertEquals(1, await(item));
            assertTrue(queue.isEmpty());
        });
    }

    @OnEachCarrier
    void aGatheringThatIsCancelledTakesNothing(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var both = createTask(() -> await(gather(queue.getAsync(), queue.getAsync())));
            await(sleep(TICK));
            queue.putNowait(1);
            both.cancel();
            assertThrows(CancellationException.class, () -> await(both));
            queue.putNowait(2);
            assertEquals(1, queue.getNowait());
            assertEquals(2, queue.getNowait());
        });
    }

    @Test
    void aHundredThousandGettersAreServed() throws Exception {
        VirtualTime.run(() -> {
            var getters = Stream.generate(queue::getAsync).limit(100_000).toList();
            IntStream.range(0, 100_000).forEach(queue::putNowait);
            assertEquals(99_999, await(getters.get(99_999)));
            assertEquals(0, getters.get(0).join());
            assertEquals(50_000, getters.get(50_000).join());
        });
    }

    /** Each one of them lets the next one in. */
    @Test
    void aHundredThousandPuttersBehindOnePlace() throws Exception {
        var queue = new AsyncQueue<Integer>(1);
        VirtualTime.run(() -> {
            LoopFuture<?> last = null;
            for (var i = 0; i < 100_000; i++) {
                last = (LoopFuture<?>) queue.putAsync(i).thenRun(queue::getNowait);
            }
            await(last);
            assertTrue(queue.isEmpty());
        });
    }
}
