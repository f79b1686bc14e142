package io.jasyncio.benchmarks.scenario;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.runStage;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.benchmarks.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/** Java in stage style: tasks whose bodies are suppliers of a {@link CompletionStage}. */
public final class StageScenarios {

    private StageScenarios() {}

    /** Many tasks are created, and a callback of each counts down; bodies end at once. */
    public static Scenario spawnMany() {
        var ended = CompletableFuture.<Object>completedFuture(null);
        return batches(CoroutineScenarios.CROWD, i -> createStageTask(() -> ended), StageScenarios::countDown);
    }

    /** Many tasks are created and gathered. */
    public static Scenario gatherMany() {
        var ended = CompletableFuture.<Object>completedFuture(null);
        return batches(CoroutineScenarios.CROWD, i -> createStageTask(() -> ended), StageScenarios::gatherAll);
    }

    /** Many tasks, each of which sleeps for some milliseconds. */
    public static Scenario timers() {
        return batches(
                CoroutineScenarios.SLEEPERS,
                i -> {
                    var delay = Duration.ofMillis(1 + i % CoroutineScenarios.SPREAD_MILLIS);
                    return createStageTask(() -> sleep(delay, (Object) null));
                },
                StageScenarios::countDown);
    }

    /** A task is created, and when it has ended the next one. */
    public static Scenario spawnAndAwait() {
        return (operations, watch) -> runStage(() -> {
            var done = EventLoop.current().<Object>createFuture();
            watch.start();
            return new Chain(operations, done).start().whenComplete((value, failure) -> watch.stop(operations));
        });
    }

    /** Creates the next task whenever one has ended. */
    private static final class Chain {
        private final CompletableFuture<Object> ended = CompletableFuture.completedFuture(null);
        private final LoopFuture<Object> done;
        private long left;

        Chain(long operations, LoopFuture<Object> done) {
            left = operations;
            this.done = done;
        }

        LoopFuture<Object> start() {
            if (left-- == 0) {
                done.complete(null);
            } else {
                createStageTask(() -> ended).addDoneCallback(task -> start());
            }
            return done;
        }
    }

    private interface Join {
        LoopFuture<?> join(ArrayList<Task<Object>> tasks);
    }

    private static LoopFuture<?> countDown(ArrayList<Task<Object>> tasks) {
        var done = EventLoop.current().<Object>createFuture();
        var left = new int[] {tasks.size()};
        for (var task : tasks) {
            task.addDoneCallback(ended -> {
                if (--left[0] == 0) {
                    done.complete(null);
                }
            });
        }
        return done;
    }

    private static LoopFuture<?> gatherAll(ArrayList<Task<Object>> tasks) {
        return gather(tasks);
    }

    private static Scenario batches(long size, LongFunction<Task<Object>> spawn, Join join) {
        return (operations, watch) -> runStage(() -> {
            var count = (operations + size - 1) / size;
            watch.start();
            return nextBatch(count, size, spawn, join).whenComplete((value, failure) -> watch.stop(count * size));
        });
    }

    private static CompletionStage<?> nextBatch(long left, long size, LongFunction<Task<Object>> spawn, Join join) {
        var tasks = new ArrayList<Task<Object>>((int) size);
        for (var i = 0L; i < size; i++) {
            tasks.add(spawn.apply(i));
        }
        var joined = join.join(tasks);
        return left == 1 ? joined : joined.thenCompose(all -> nextBatch(left - 1, size, spawn, join));
    }
}
