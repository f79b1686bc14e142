package io.jasyncio.queue;

import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.queue.DoorUsers.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The loop ends under threads that are at the door: each is let go, and knows whether its item went through. */
@ExtendWith(AsyncioExtension.class)
class QueueDoorClosingTest {

    private static final int ROUNDS = 150;
    private static final int USERS = 5;
    private static final long HANGS_AFTER_MILLIS = 60_000;

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger put = new AtomicInteger();
    private final AtomicInteger got = new AtomicInteger();
    private CountDownLatch began;

    @BeforeEach
    void nobodyHasBegun() {
        began = new CountDownLatch(USERS);
    }

    private interface Use {
        /** Goes on until the door throws. */
        void go(DoorUsers users, QueueDoor<Item> door, Random chance) throws InterruptedException;
    }

    private void produce(DoorUsers users, QueueDoor<Item> door, Random chance) {
        while (true) {
            if (users.put(new Item(0, 0), chance)) {
                put.incrementAndGet();
            }
            began.countDown();
        }
    }

    private void consume(DoorUsers users, QueueDoor<Item> door, Random chance) {
        while (true) {
            got.addAndGet(users.get(chance).size());
            began.countDown();
        }
    }

    private void wait(DoorUsers users, QueueDoor<Item> door, Random chance) throws InterruptedException {
        began.countDown();
        while (true) {
            door.join();
        }
    }

    private List<Thread> startUsers(QueueDoor<Item> door, int round) {
        var users = new DoorUsers(door);
        var threads = new ArrayList<Thread>();
        for (var use : List.<Use>of(this::produce, this::produce, this::consume, this::consume, this::wait)) {
            var chance = new Random(31L * round + threads.size());
            threads.add(new Thread(() -> useUntilEnd(use, users, door, chance)));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private void useUntilEnd(Use use, DoorUsers users, QueueDoor<Item> door, Random chance) {
        try {
            use.go(users, door, chance);
        } catch (IllegalStateException end) {
            // That is how the door says it.
        } catch (Throwable failure) {
            failures.add(failure);
        }
    }

    private void everybodyIsLetGo(List<Thread> threads, AsyncQueue<Item> queue, int round) throws InterruptedException {
        for (var thread : threads) {
            thread.join(HANGS_AFTER_MILLIS);
            assertFalse(thread.isAlive(), () -> "round " + round + " hangs at " + List.of(thread.getStackTrace()));
        }
        assertEquals(List.of(), List.copyOf(failures));
        assertEquals(put.get(), got.get() + queue.size(), "round " + round);
        put.set(0);
        got.set(0);
        nobodyHasBegun();
    }

    @Test
    void aProgramEnds() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var queue = new AsyncQueue<Item>(2);
            var threads = new ArrayList<Thread>();
            var number = round;
            try (var runner = new Runner()) {
                runner.runStage(() -> {
                    threads.addAll(startUsers(queue.door(), number));
                    return passes(number % 7);
                });
            }
            everybodyIsLetGo(threads, queue, round);
        }
    }

    /** Without a runner nobody cancels anything: the loop stops wherever it is, and is closed. */
    @Test
    void aLoopIsClosedInTheMidstOfIt() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var queue = new AsyncQueue<Item>(2);
            var loop = EventLoop.create();
            var runner = new Thread(loop::runForever, "loop");
            runner.start();
            var door = loop.submitStage(() -> CompletableFuture.completedFuture(queue.door()))
                    .get();
            var threads = startUsers(door, round);
            began.await();
            loop.execute(loop::stop);
            runner.join();
            loop.close();
            everybodyIsLetGo(threads, queue, round);
        }
    }

    private static CompletionStage<Void> passes(int count) {
        return count == 0
                ? CompletableFuture.completedFuture(null)
                : sleep(Duration.ZERO).thenCompose(passed -> passes(count - 1));
    }
}
