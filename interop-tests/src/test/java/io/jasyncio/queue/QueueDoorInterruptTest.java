package io.jasyncio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An interrupt that races with the answer of the loop: either the call is broken off and has done nothing, or it ends as usual
 * and the interrupt stands. It is never lost.
 */
@ExtendWith(AsyncioExtension.class)
class QueueDoorInterruptTest {

    private static final int ROUNDS = 300;

    private final EventLoop loop = EventLoop.create();
    private final Thread runner = new Thread(loop::runForever, "loop");

    @BeforeEach
    void startLoop() {
        runner.start();
    }

    @AfterEach
    void stopLoop() throws InterruptedException {
        loop.execute(loop::stop);
        runner.join();
        loop.close();
    }

    private interface Call {
        /** Blocks at the door. Returns what came of it. */
        String at(QueueDoor<String> door) throws InterruptedException;
    }

    private interface Answer {
        /** On the loop: gives the blocked thread what it waits for, and interrupts it, in some order. */
        void to(Thread blocked, AsyncQueue<String> queue);
    }

    /** A thread calls and blocks; the loop answers. Returns what came of the call, and whether an interrupt stands. */
    private String race(AsyncQueue<String> queue, Call call, Answer answer) throws Exception {
        var door = loop.submitStage(() -> CompletableFuture.completedFuture(queue.door()))
                .get();
        var outcome = new CompletableFuture<String>();
        var thread = new Thread(() -> {
            String ended;
            try {
                ended = call.at(door);
            } catch (InterruptedException broken) {
                ended = "broken off";
            } catch (QueueShutDownException refused) {
                ended = "refused";
            }
            outcome.complete(ended + (Thread.currentThread().isInterrupted() ? ", interrupted" : ""));
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        loop.execute(() -> answer.to(thread, queue));
        return outcome.get();
    }

    private int sizeOf(AsyncQueue<String> queue) throws Exception {
        return loop.submitStage(() -> CompletableFuture.completedFuture(queue.size()))
                .get();
    }

    private static void requireOneOf(String outcome, String... allowed) {
        for (var possible : allowed) {
            if (possible.equals(outcome)) {
                return;
            }
        }
        assertEquals(String.join(" or ", allowed), outcome);
    }

    @Test
    void anItemThatComesWithTheInterruptIsTakenOrStays() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var queue = new AsyncQueue<String>();
            var outcome = race(queue, QueueDoor::get, (thread, items) -> {
                thread.interrupt();
                items.putNowait("item");
            });
            requireOneOf(outcome, "item, interrupted", "broken off");
            assertEquals(outcome.equals("broken off") ? 1 : 0, sizeOf(queue));
        }
    }

    @Test
    void roomThatComesWithTheInterruptIsUsedOrStays() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var queue = new AsyncQueue<String>(1);
            queue.putNowait("first");
            Call put = door -> {
                door.put("second");
                return "put";
            };
            var outcome = race(queue, put, (thread, items) -> {
                items.getNowait();
                thread.interrupt();
            });
            requireOneOf(outcome, "put, interrupted", "broken off");
            assertEquals(outcome.equals("broken off") ? 0 : 1, sizeOf(queue));
        }
    }

    @Test
    void aShutdownThatComesWithTheInterruptDoesNotHideIt() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var outcome = race(new AsyncQueue<>(), QueueDoor::get, (thread, items) -> {
                thread.interrupt();
                items.shutdown();
            });
            requireOneOf(outcome, "refused, interrupted", "broken off");
        }
    }
}
