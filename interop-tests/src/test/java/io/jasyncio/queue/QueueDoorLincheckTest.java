package io.jasyncio.queue;

import io.jasyncio.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What several threads do at the door of a queue looks as if they had done it one after the other. */
public class QueueDoorLincheckTest {

    private static final int BOUND = 2;

    private static EventLoop loop;
    private static Thread runner;

    private final QueueDoor<Integer> door = newDoor();

    @BeforeAll
    static void startLoop() {
        loop = EventLoop.create();
        runner = new Thread(loop::runForever, "loop");
        runner.start();
    }

    @AfterAll
    static void stopLoop() throws InterruptedException {
        loop.execute(loop::stop);
        runner.join();
        loop.close();
    }

    private static QueueDoor<Integer> newDoor() {
        var queue = new AsyncQueue<Integer>(BOUND);
        try {
            return loop.submitStage(() -> CompletableFuture.completedFuture(queue.door()))
                    .get();
        } catch (InterruptedException | ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Operation
    public boolean offer(int item) {
        return door.offer(item);
    }

    @Operation
    public int poll() {
        return door.poll().orElse(-1);
    }

    @Operation
    public void taskDone() {
        door.taskDone();
    }

    @Operation(runOnce = true)
    public void shutdown() {
        door.shutdown(false);
    }

    @Operation(runOnce = true)
    public void shutdownNow() {
        door.shutdown(true);
    }

    /** The same for a single thread. */
    public static class Sequential {

        private final ArrayDeque<Integer> items = new ArrayDeque<>();
        private int unfinished;
        private boolean shutDown;

        public boolean offer(int item) {
            refuseIfShutDown();
            var hasRoom = items.size() < BOUND;
            if (hasRoom) {
                items.add(item);
                unfinished++;
            }
            return hasRoom;
        }

        public int poll() {
            var item = items.poll();
            if (item == null) {
                refuseIfShutDown();
                return -1;
            }
            return item;
        }

        private void refuseIfShutDown() {
            if (shutDown) {
                throw new QueueShutDownException("shut down");
            }
        }

        public void taskDone() {
            if (unfinished == 0) {
                throw new IllegalStateException("nothing is left to do");
            }
            unfinished--;
        }

        public void shutdown() {
            shutDown = true;
        }

        public void shutdownNow() {
            shutDown = true;
            unfinished -= Math.min(unfinished, items.size());
            items.clear();
        }
    }

    @Test
    void underStress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(4)
                .iterations(12)
                .invocationsPerIteration(200)
                .sequentialSpecification(Sequential.class)
                .check(QueueDoorLincheckTest.class);
    }
}
