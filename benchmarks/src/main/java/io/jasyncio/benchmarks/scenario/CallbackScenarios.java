package io.jasyncio.benchmarks.scenario;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.benchmarks.harness.Scenario;
import io.jasyncio.benchmarks.harness.Stopwatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** The callback level: what everything else is made of. */
public final class CallbackScenarios {

    /** So many callbacks are queued before the first of them runs. */
    private static final int BATCH = 1_000;

    /** A foreign thread lets the loop catch up after so many callbacks: this is about throughput, not about memory. */
    private static final int FOREIGN_BATCH = 10_000;

    private static final Runnable NOTHING = () -> {};

    private CallbackScenarios() {}

    /** {@code callSoon} of a callback that does nothing. */
    public static Scenario callSoon() {
        return (operations, watch) ->
                onLoop((loop, done) -> queueAll(loop::callSoon, operations, watch, () -> done.complete(null)));
    }

    /** The same through the loop as an {@link Executor}: no handle, nothing to cancel. */
    public static Scenario execute() {
        return (operations, watch) ->
                onLoop((loop, done) -> queueAll(loop::execute, operations, watch, () -> done.complete(null)));
    }

    /** {@code callSoonThreadsafe} from another thread. */
    public static Scenario callSoonThreadsafe() {
        return (operations, watch) -> onLoop(
                (loop, done) -> feedFromThread(loop::callSoonThreadsafe, operations, watch, () -> done.complete(null)));
    }

    /** {@code execute} from another thread. */
    public static Scenario executeThreadsafe() {
        return (operations, watch) ->
                onLoop((loop, done) -> feedFromThread(loop::execute, operations, watch, () -> done.complete(null)));
    }

    /** The JDK's own executor with one thread, fed by another one. */
    public static Scenario singleThreadExecutor() {
        return (operations, watch) -> {
            var executor = Executors.newSingleThreadExecutor();
            var ended = new Semaphore(0);
            feedFromThread(executor::execute, operations, watch, ended::release);
            ended.acquire();
            executor.shutdown();
        };
    }

    /** A future is made, gets a callback, is completed; the callback makes the next one. */
    public static Scenario doneCallback() {
        return (operations, watch) -> onLoop((loop, done) -> {
            watch.start();
            new FutureChain(loop, operations, () -> {
                        watch.stop(operations);
                        done.complete(null);
                    })
                    .next();
        });
    }

    /** The same with what the JDK has: {@code whenCompleteAsync} on an executor with one thread. */
    public static Scenario whenCompleteAsync() {
        return (operations, watch) -> {
            var executor = Executors.newSingleThreadExecutor();
            var ended = new Semaphore(0);
            watch.start();
            new StageChain(executor, operations, () -> {
                        watch.stop(operations);
                        ended.release();
                    })
                    .next();
            ended.acquire();
            executor.shutdown();
        };
    }

    private interface OnLoop {
        void begin(EventLoop loop, LoopFuture<Object> done);
    }

    private static void onLoop(OnLoop scenario) throws Exception {
        try (var loop = EventLoop.create()) {
            var done = loop.<Object>createFuture();
            loop.callSoon(() -> scenario.begin(loop, done));
            loop.runUntilComplete(done);
        }
    }

    private static long batches(long operations, int size) {
        return (operations + size - 1) / size;
    }

    static void queueAll(Consumer<Runnable> queue, long operations, Stopwatch watch, Runnable atEnd) {
        var count = batches(operations, BATCH);
        watch.start();
        queueBatches(queue, count, () -> {
            watch.stop(count * BATCH);
            atEnd.run();
        });
    }

    private static void queueBatches(Consumer<Runnable> queue, long left, Runnable atEnd) {
        if (left == 0) {
            atEnd.run();
            return;
        }
        for (var i = 1; i < BATCH; i++) {
            queue.accept(NOTHING);
        }
        queue.accept(() -> queueBatches(queue, left - 1, atEnd));
    }

    static void feedFromThread(Consumer<Runnable> queue, long operations, Stopwatch watch, Runnable atEnd) {
        var feeder = new Thread(() -> {
            var caughtUp = new Semaphore(0);
            var count = batches(operations, FOREIGN_BATCH);
            watch.start();
            for (var batch = 0L; batch < count; batch++) {
                for (var i = 1; i < FOREIGN_BATCH; i++) {
                    queue.accept(NOTHING);
                }
                queue.accept(caughtUp::release);
                caughtUp.acquireUninterruptibly();
            }
            watch.stop(count * FOREIGN_BATCH);
            atEnd.run();
        });
        feeder.start();
    }

    private static final class FutureChain {
        private final EventLoop loop;
        private final Runnable atEnd;
        private long left;

        FutureChain(EventLoop loop, long operations, Runnable atEnd) {
            this.loop = loop;
            this.left = operations;
            this.atEnd = atEnd;
        }

        void next() {
            if (left-- == 0) {
                atEnd.run();
                return;
            }
            var future = loop.<Integer>createFuture();
            future.addDoneCallback(ended -> next());
            future.complete(1);
        }
    }

    private static final class StageChain {
        private final Executor executor;
        private final Runnable atEnd;
        private long left;

        StageChain(Executor executor, long operations, Runnable atEnd) {
            this.executor = executor;
            this.left = operations;
            this.atEnd = atEnd;
        }

        void next() {
            if (left-- == 0) {
                atEnd.run();
                return;
            }
            var future = new CompletableFuture<Integer>();
            future.whenCompleteAsync((value, failure) -> next(), executor);
            future.complete(1);
        }
    }
}
