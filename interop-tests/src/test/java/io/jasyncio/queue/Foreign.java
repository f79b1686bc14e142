package io.jasyncio.queue;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * A thread that has nothing to do with the loop, and that a test can interrupt.
 *
 * @param thread the thread
 * @param outcome what it has come to, for the loop
 */
record Foreign<T>(Thread thread, LoopFuture<T> outcome) {

    /** Starts one. */
    static <T> Foreign<T> start(Callable<T> body) {
        var outcome = EventLoop.current().<T>createFuture();
        var thread = new Thread(
                () -> {
                    try {
                        outcome.complete(body.call());
                    } catch (Throwable failure) {
                        outcome.completeExceptionally(failure);
                    }
                },
                "foreign");
        thread.start();
        return new Foreign<>(thread, outcome);
    }

    /** Starts one and holds the loop up until it blocks: so what it has sent comes in one pass. */
    static <T> Foreign<T> startUntilItBlocks(Callable<T> body) {
        var started = start(body);
        while (started.thread.getState() != Thread.State.WAITING && started.thread.isAlive()) {
            Thread.onSpinWait();
        }
        return started;
    }

    /** Lets the loop run until something is so; in direct style. Another thread brings it about. */
    static void until(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            await(sleep(Duration.ZERO));
        }
    }
}
