package io.jasyncio.benchmarks.scenario;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.run;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.benchmarks.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Java in direct style, on whatever carrier this JVM and its flags allow. */
public final class DirectScenarios {

    private DirectScenarios() {}

    /** {@code await(createTask(body))}, one after the other. */
    public static Scenario spawnAndJoin() {
        return (operations, watch) -> run(() -> {
            watch.start();
            for (var i = 0L; i < operations; i++) {
                await(createTask(() -> {}));
            }
            watch.stop(operations);
        });
    }

    /** The same with a task that gives way once, so that it cannot run like a call. */
    public static Scenario spawnWaitAndJoin() {
        return (operations, watch) -> run(() -> {
            watch.start();
            for (var i = 0L; i < operations; i++) {
                await(createTask(() -> {
                    await(sleep(Duration.ZERO));
                }));
            }
            watch.stop(operations);
        });
    }

    /** Many tasks are created, and then all are awaited. */
    public static Scenario spawnMany() {
        return batches(CoroutineScenarios.CROWD, tasks -> createTask(() -> {}));
    }

    /** Many tasks, each of which sleeps for some milliseconds. */
    public static Scenario timers() {
        return batches(CoroutineScenarios.SLEEPERS, i -> {
            var delay = Duration.ofMillis(1 + i % CoroutineScenarios.SPREAD_MILLIS);
            return createTask(() -> {
                await(sleep(delay));
            });
        });
    }

    /** Tasks that give way to each other with {@code await(sleep(ZERO))}. */
    public static Scenario switchAmong(int tasks) {
        return (operations, watch) -> run(() -> {
            var turns = operations / tasks + 1;
            var running = new ArrayList<Task<?>>();
            watch.start();
            for (var i = 0; i < tasks; i++) {
                running.add(createTask(() -> {
                    for (var turn = 0L; turn < turns; turn++) {
                        await(sleep(Duration.ZERO));
                    }
                }));
            }
            awaitAll(running);
            watch.stop(turns * tasks);
        });
    }

    /** Waits for a future that the next callback completes. */
    public static Scenario awaitFuture() {
        return (operations, watch) -> run(() -> {
            var loop = EventLoop.current();
            watch.start();
            for (var i = 0L; i < operations; i++) {
                var future = loop.<Integer>createFuture();
                loop.callSoon(() -> future.complete(1));
                await(future);
            }
            watch.stop(operations);
        });
    }

    private interface Spawn {
        Task<?> spawn(long index);
    }

    private static Scenario batches(long size, Spawn spawn) {
        return (operations, watch) -> run(() -> {
            var count = (operations + size - 1) / size;
            watch.start();
            for (var batch = 0L; batch < count; batch++) {
                var tasks = new ArrayList<Task<?>>((int) size);
                for (var i = 0L; i < size; i++) {
                    tasks.add(spawn.spawn(i));
                }
                awaitAll(tasks);
            }
            watch.stop(count * size);
        });
    }

    private static void awaitAll(List<Task<?>> tasks) throws Exception {
        for (var task : tasks) {
            await(task);
        }
    }
}
