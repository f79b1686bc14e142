package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** In which order items go through a door, and that each one goes through once. */
@ExtendWith(AsyncioExtension.class)
class QueueDoorOrderTest {

    private final AsyncQueue<Integer> queue = new AsyncQueue<>();
    private final AsyncQueue<Integer> bounded = new AsyncQueue<>(1);

    // ---- Order -----------------------------------------------------------------------------------------------------

    @Test
    void itemsOfOneThreadComeInTheirOrder() throws Exception {
        VirtualTime.run(() -> {
            var door = bounded.door();
            var producer = toThread(() -> {
                for (var item = 0; item < 500; item++) {
                    door.put(item);
                }
            });
            for (var item = 0; item < 500; item++) {
                assertEquals(item, await(bounded.getAsync()));
            }
            await(producer);
        });
    }

    @Test
    void itemsThatAreSentWithoutWaitingComeInTheirOrder() throws Exception {
        VirtualTime.run(() -> {
            var door = bounded.door();
            var last = await(toThread(() -> {
                CompletableFuture<?> sent = door.putAsync(0);
                for (var item = 1; item < 500; item++) {
                    sent = door.putAsync(item);
                }
                return List.of(sent);
            }));
            for (var item = 0; item < 500; item++) {
                assertEquals(item, await(bounded.getAsync()));
            }
            await(last.get(0));
        });
    }

    /** The place gets free between the message and its turn: on the loop itself the last one would be quicker (S90). */
    @Test
    void anItemDoesNotOvertakeThoseThatWait() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            var door = bounded.door();
            await(toThread(() -> {
                door.putAsync(1).join();
                door.putAsync(2);
                door.putAsync(3);
            }));
            var first = loop.<Integer>createFuture();
            await(toThread(() -> {
                door.putAsync(4);
                loop.execute(() -> first.complete(bounded.getNowait()));
            }));
            assertEquals(1, await(first));
            for (var item = 2; item <= 4; item++) {
                assertEquals(item, await(bounded.getAsync()));
            }
        });
    }

    /** Nor if there is room just then. Another door of the same queue is another way into the same line. */
    @Test
    void anOfferDoesNotOvertakeThoseThatWait() throws Exception {
        VirtualTime.run(() -> {
            var loop = EventLoop.current();
            bounded.putNowait(0);
            var door = bounded.door();
            var other = bounded.door();
            var waiting = await(toThread(() -> List.of(door.putAsync(1), door.putAsync(2))));
            Foreign.until(() -> bounded.putters().size() == 1);
            var offered = loop.<Foreign<Boolean>>createFuture();
            loop.callSoon(() -> offered.complete(Foreign.startUntilItBlocks(() -> {
                loop.execute(bounded::getNowait);
                return other.offer(9);
            })));
            assertFalse(await(await(offered).outcome()));
            await(waiting.get(0));
            assertEquals(1, bounded.getNowait());
            await(waiting.get(1));
            assertEquals(2, bounded.getNowait());
            assertTrue(bounded.isEmpty());
        });
    }

    @Test
    void gettersOfAllThreadsAndOfTheLoopStandInOneLine() throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            var first = toThread(door::get);
            Foreign.until(() -> queue.getters().size() == 1);
            var second = queue.getAsync();
            queue.putNowait(1);
            queue.putNowait(2);
            assertEquals(1, await(first));
            assertEquals(2, await(second));
        });
    }

    // ---- Many ------------------------------------------------------------------------------------------------------

    @Test
    void aHundredThousandItemsAreSentWithoutWaiting() throws Exception {
        VirtualTime.run(() -> {
            var door = queue.door();
            await(toThread(() -> {
                CompletableFuture<?> last = null;
                for (var item = 0; item < 100_000; item++) {
                    last = door.putAsync(item);
                }
                last.join();
            }));
            assertEquals(100_000, queue.size());
            for (var item = 0; item < 100_000; item++) {
                assertEquals(item, queue.getNowait());
            }
        });
    }

    @Test
    void manyThreadsMoveEachItemOnce() throws Exception {
        VirtualTime.run(() -> {
            var queue = new AsyncQueue<Integer>(3);
            var door = queue.door();
            var producers = IntStream.range(0, 4)
                    .mapToObj(thread -> toThread(() -> {
                        for (var i = 0; i < 250; i++) {
                            door.put(thread * 250 + i);
                        }
                    }))
                    .toList();
            var consumers = IntStream.range(0, 3)
                    .mapToObj(thread -> toThread(() -> {
                        var got = new ArrayList<Integer>();
                        for (var item = door.get(); item >= 0; item = door.get()) {
                            got.add(item);
                        }
                        return got;
                    }))
                    .toList();
            for (var producer : producers) {
                await(producer);
            }
            for (var i = 0; i < 3; i++) {
                await(queue.putAsync(-1));
            }
            var all = new ArrayList<Integer>();
            for (var consumer : consumers) {
                all.addAll(await(consumer));
            }
            assertEquals(1_000, all.size());
            assertEquals(1_000, new HashSet<>(all).size());
        });
    }
}
