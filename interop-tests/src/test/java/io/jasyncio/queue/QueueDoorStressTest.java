package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.queue.DoorUsers.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Threads at both sides of a door, under interrupts, timeouts and withdrawals: what was put comes out, once and in order. */
@ExtendWith(AsyncioExtension.class)
class QueueDoorStressTest {

    private static final int PRODUCERS = 3;
    private static final int CONSUMERS = 3;
    private static final int ITEMS = 1_500;
    private static final long HANGS_AFTER_MILLIS = 60_000;

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** What each consumer has got, in its order; the last one is a task of the loop. */
    private final List<List<Item>> got = new ArrayList<>();

    private volatile boolean quiet;

    @Test
    void nothingIsLostAndNothingComesTwice() throws Exception {
        Asyncio.run(() -> {
            var queue = new AsyncQueue<Item>(2);
            var loop = EventLoop.current();
            var ended = loop.<Void>createFuture();
            var onLoop = new ArrayList<Item>();
            var consumer = createStageTask(() -> consumeAll(queue, onLoop));
            var door = queue.door();
            var boss = new Thread(() -> {
                watch(() -> manage(door));
                loop.execute(() -> ended.complete(null));
            });
            boss.start();
            await(ended);
            await(consumer);
            got.add(onLoop);
            assertEquals(0, queue.unfinished());
            assertTrue(queue.isEmpty());
        });
        assertEquals(List.of(), List.copyOf(failures));
        everyItemCameOnce();
        got.forEach(QueueDoorStressTest::inTheOrderOfEachProducer);
    }

    /** A consumer on the loop, so that there is somebody who is quicker than all of them. */
    private static CompletionStage<Void> consumeAll(AsyncQueue<Item> queue, List<Item> items) {
        return queue.getAsync()
                .thenCompose(item -> {
                    items.add(item);
                    queue.taskDone();
                    return consumeAll(queue, items);
                })
                .exceptionallyCompose(failure -> failure.getCause() instanceof QueueShutDownException
                                || failure instanceof QueueShutDownException
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure));
    }

    /** Starts everybody, waits until all has been put and dealt with, and shuts the queue. */
    private void manage(QueueDoor<Item> door) throws InterruptedException {
        var users = new DoorUsers(door);
        var producers = new ArrayList<Thread>();
        for (var number = 0; number < PRODUCERS; number++) {
            var producer = number;
            producers.add(new Thread(() -> watch(() -> produce(users, producer)), "producer " + number));
        }
        var consumers = new ArrayList<Thread>();
        for (var number = 0; number < CONSUMERS; number++) {
            var mine = new ArrayList<Item>();
            got.add(mine);
            consumers.add(new Thread(() -> watch(() -> consume(users, door, mine)), "consumer " + number));
        }
        var all = new ArrayList<>(producers);
        all.addAll(consumers);
        all.forEach(Thread::start);
        var troublemaker = new Thread(() -> interrupt(all));
        troublemaker.start();
        join(producers);
        door.join();
        door.shutdown(false);
        join(consumers);
        quiet = true;
        join(List.of(troublemaker));
    }

    private static void produce(DoorUsers users, int producer) {
        var chance = new Random(producer);
        for (var number = 0; number < ITEMS; ) {
            if (users.put(new Item(producer, number), chance)) {
                number++;
            }
        }
    }

    private static void consume(DoorUsers users, QueueDoor<Item> door, List<Item> mine) {
        var chance = new Random(mine.hashCode());
        try {
            while (true) {
                for (var item : users.get(chance)) {
                    mine.add(item);
                    door.taskDone();
                }
            }
        } catch (QueueShutDownException end) {
            // There will be no more items.
        }
    }

    private void interrupt(List<Thread> threads) {
        while (!quiet) {
            threads.get(ThreadLocalRandom.current().nextInt(threads.size())).interrupt();
            LockSupport.parkNanos(100_000);
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (var thread : threads) {
            thread.join(HANGS_AFTER_MILLIS);
            assertFalse(thread.isAlive(), () -> thread + " hangs at " + List.of(thread.getStackTrace()));
        }
    }

    private interface Action {
        void run() throws InterruptedException;
    }

    private void watch(Action action) {
        try {
            action.run();
        } catch (Throwable failure) {
            failures.add(failure);
        }
    }

    private void everyItemCameOnce() {
        var count = got.stream().mapToInt(List::size).sum();
        assertEquals(PRODUCERS * ITEMS, count);
        var different = new HashSet<Item>();
        got.forEach(different::addAll);
        assertEquals(PRODUCERS * ITEMS, different.size());
    }

    private static void inTheOrderOfEachProducer(List<Item> items) {
        var last = new int[] {-1, -1, -1};
        for (var item : items) {
            assertTrue(last[item.producer()] < item.number(), () -> item + " came too late");
            last[item.producer()] = item.number();
        }
    }
}
