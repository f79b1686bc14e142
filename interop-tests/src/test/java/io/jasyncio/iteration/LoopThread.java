package io.jasyncio.iteration;

import io.jasyncio.EventLoop;
import io.jasyncio.Runner;
import java.util.concurrent.CompletableFuture;

/** A program on a thread of its own that does nothing, for tests that look at its loop from outside. */
final class LoopThread implements AutoCloseable {

    private final CompletableFuture<EventLoop> started = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "loop-of-the-test");

    LoopThread() {
        thread.start();
    }

    private void run() {
        try (var runner = new Runner()) {
            started.complete(runner.getLoop());
            runner.runStage(() -> end);
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    EventLoop loop() {
        return started.join();
    }

    @Override
    public void close() throws InterruptedException {
        end.complete(null);
        thread.join();
    }
}
