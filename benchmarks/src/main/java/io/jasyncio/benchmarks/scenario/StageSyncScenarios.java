package io.jasyncio.benchmarks.scenario;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.runStage;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.benchmarks.harness.Scenario;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.sync.AsyncEvent;
import io.jasyncio.sync.AsyncLock;
import io.jasyncio.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Locks, semaphores, events and queues in stage style: the counterparts of {@link SyncScenarios}. */
public final class StageSyncScenarios {

    private static final CompletableFuture<Object> NOTHING = CompletableFuture.completedFuture(null);

    private StageSyncScenarios() {}

    /** Two tasks and a queue between them. */
    public static Scenario queueBetween(int capacity) {
        return (operations, watch) -> runStage(() -> {
            var queue = new AsyncQueue<String>(capacity);
            watch.start();
            var producer = createStageTask(() -> times(operations, left -> {
                var put = queue.putAsync(QueueScenarios.ITEM);
                var givesWay = capacity == 0 && left % QueueScenarios.BURST == 0;
                return givesWay ? put.thenCompose(done -> sleep(Duration.ZERO)) : put;
            }));
            var consumer = createStageTask(() -> times(operations, left -> queue.getAsync()));
            return gather(producer, consumer).whenComplete((value, failure) -> watch.stop(operations));
        });
    }

    /** One task puts and gets: nobody ever waits. */
    public static Scenario queueAlone() {
        return alone(() -> {
            var queue = new AsyncQueue<String>(QueueScenarios.BURST);
            return () -> queue.putAsync(QueueScenarios.ITEM).thenCompose(done -> queue.getAsync());
        });
    }

    /** A lock that nobody else wants, around a body that ends at once. */
    public static Scenario lockAlone() {
        return alone(() -> {
            var lock = new AsyncLock();
            return () -> lock.withLockAsync(() -> NOTHING);
        });
    }

    private static Scenario alone(Supplier<Supplier<CompletionStage<?>>> step) {
        return (operations, watch) -> runStage(() -> {
            var operation = step.get();
            watch.start();
            return times(operations, left -> operation.get()).whenComplete((value, failure) -> watch.stop(operations));
        });
    }

    /** Tasks that take turns at a lock, and give way while they hold it. */
    public static Scenario lockAmong(int tasks) {
        return among(tasks, () -> {
            var lock = new AsyncLock();
            return () -> lock.withLockAsync(() -> sleep(Duration.ZERO));
        });
    }

    /** The same with a semaphore of a few permits. */
    public static Scenario semaphoreAmong(int tasks, int permits) {
        return among(tasks, () -> {
            var semaphore = new AsyncSemaphore(permits);
            return () -> semaphore.withPermitAsync(() -> sleep(Duration.ZERO));
        });
    }

    private static Scenario among(int tasks, Supplier<Supplier<CompletionStage<?>>> turn) {
        return (operations, watch) -> runStage(() -> {
            var turns = operations / tasks + 1;
            var oneTurn = turn.get();
            watch.start();
            return gather(workers(tasks, turns, oneTurn)).whenComplete((value, failure) -> watch.stop(turns * tasks));
        });
    }

    /** An event wakes a hundred tasks, again and again. */
    public static Scenario eventBroadcast() {
        return (operations, watch) -> runStage(() -> {
            var turns = operations / SyncScenarios.CROWD + 1;
            var event = new AsyncEvent();
            watch.start();
            var all = workers(SyncScenarios.CROWD, turns, event::waitAsync);
            all.add(createStageTask(() -> times(
                    turns,
                    left -> sleep(Duration.ZERO).thenRun(() -> {
                        event.set();
                        event.clear();
                    }))));
            return gather(all).whenComplete((value, failure) -> watch.stop(turns * SyncScenarios.CROWD));
        });
    }

    private static ArrayList<Task<Object>> workers(int tasks, long turns, Supplier<? extends CompletionStage<?>> turn) {
        var running = new ArrayList<Task<Object>>();
        for (var i = 0; i < tasks; i++) {
            running.add(createStageTask(() -> times(turns, left -> turn.get())));
        }
        return running;
    }

    /** Does something so many times, one after the other: a chain of {@code thenCompose} that needs no stack. */
    private static LoopFuture<Object> times(long count, LongFunction<? extends CompletionStage<?>> step) {
        var done = EventLoop.current().<Object>createFuture();
        new Repetition(count, step, done).goOn();
        return done;
    }

    private static final class Repetition {
        private final LongFunction<? extends CompletionStage<?>> step;
        private final LoopFuture<Object> done;
        private long left;

        Repetition(long count, LongFunction<? extends CompletionStage<?>> step, LoopFuture<Object> done) {
            left = count;
            this.step = step;
            this.done = done;
        }

        void goOn() {
            while (left > 0) {
                var stage = step.apply(left--);
                if (!stage.toCompletableFuture().isDone()) {
                    stage.whenComplete((value, failure) -> ended(failure));
                    return;
                }
            }
            done.complete(null);
        }

        private void ended(Throwable failure) {
            if (failure == null) {
                goOn();
            } else {
                done.completeExceptionally(failure);
            }
        }
    }
}
