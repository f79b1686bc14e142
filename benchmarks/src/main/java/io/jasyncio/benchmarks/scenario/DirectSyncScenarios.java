package io.jasyncio.benchmarks.scenario;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.run;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.CoroutineAction;
import io.jasyncio.Task;
import io.jasyncio.benchmarks.harness.Scenario;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.sync.AsyncEvent;
import io.jasyncio.sync.AsyncLock;
import io.jasyncio.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.ArrayList;

/** Locks, semaphores, events and queues in direct style: the counterparts of {@link SyncScenarios}. */
public final class DirectSyncScenarios {

    private DirectSyncScenarios() {}

    /** Two tasks and a queue between them. */
    public static Scenario queueBetween(int capacity) {
        return (operations, watch) -> run(() -> {
            var queue = new AsyncQueue<String>(capacity);
            watch.start();
            var producer = createTask(() -> {
                for (var i = 1L; i <= operations; i++) {
                    await(queue.putAsync(QueueScenarios.ITEM));
                    if (capacity == 0 && i % QueueScenarios.BURST == 0) {
                        await(sleep(Duration.ZERO));
                    }
                }
            });
            var consumer = createTask(() -> {
                for (var i = 1L; i <= operations; i++) {
                    await(queue.getAsync());
                }
            });
            await(producer);
            await(consumer);
            watch.stop(operations);
        });
    }

    /** One task puts and gets: nobody ever waits. */
    public static Scenario queueAlone() {
        return (operations, watch) -> run(() -> {
            var queue = new AsyncQueue<String>(QueueScenarios.BURST);
            watch.start();
            for (var i = 0L; i < operations; i++) {
                await(queue.putAsync(QueueScenarios.ITEM));
                await(queue.getAsync());
            }
            watch.stop(operations);
        });
    }

    /** A lock that nobody else wants. */
    public static Scenario lockAlone() {
        return (operations, watch) -> run(() -> {
            var lock = new AsyncLock();
            var count = 0L;
            watch.start();
            for (var i = 0L; i < operations; i++) {
                await(lock.acquireAsync());
                try {
                    count++;
                } finally {
                    lock.release();
                }
            }
            watch.stop(count);
        });
    }

    /** The same with {@code try}-with-resources. */
    public static Scenario holdAlone() {
        return (operations, watch) -> run(() -> {
            var lock = new AsyncLock();
            var count = 0L;
            watch.start();
            for (var i = 0L; i < operations; i++) {
                try (var held = await(lock.holdAsync())) {
                    count++;
                }
            }
            watch.stop(count);
        });
    }

    /** Tasks that take turns at a lock, and give way while they hold it. */
    public static Scenario lockAmong(int tasks) {
        return (operations, watch) -> {
            var lock = new AsyncLock();
            workers(tasks, operations, () -> {
                        await(lock.acquireAsync());
                        try {
                            await(sleep(Duration.ZERO));
                        } finally {
                            lock.release();
                        }
                    })
                    .run(operations, watch);
        };
    }

    /** The same with a semaphore of a few permits. */
    public static Scenario semaphoreAmong(int tasks, int permits) {
        return (operations, watch) -> {
            var semaphore = new AsyncSemaphore(permits);
            workers(tasks, operations, () -> {
                        await(semaphore.acquireAsync());
                        try {
                            await(sleep(Duration.ZERO));
                        } finally {
                            semaphore.release();
                        }
                    })
                    .run(operations, watch);
        };
    }

    private static Scenario workers(int tasks, long operations, CoroutineAction turn) {
        return (ignored, watch) -> run(() -> {
            var turns = operations / tasks + 1;
            watch.start();
            awaitAll(startWorkers(tasks, turns, turn));
            watch.stop(turns * tasks);
        });
    }

    /** An event wakes a hundred tasks, again and again. */
    public static Scenario eventBroadcast() {
        return (operations, watch) -> run(() -> {
            var turns = operations / SyncScenarios.CROWD + 1;
            var event = new AsyncEvent();
            watch.start();
            var waiters = startWorkers(SyncScenarios.CROWD, turns, () -> await(event.waitAsync()));
            for (var turn = 0L; turn < turns; turn++) {
                await(sleep(Duration.ZERO));
                event.set();
                event.clear();
            }
            awaitAll(waiters);
            watch.stop(turns * SyncScenarios.CROWD);
        });
    }

    private static ArrayList<Task<?>> startWorkers(int tasks, long turns, CoroutineAction turn) {
        var running = new ArrayList<Task<?>>();
        for (var i = 0; i < tasks; i++) {
            running.add(createTask(() -> {
                for (var done = 0L; done < turns; done++) {
                    turn.run();
                }
            }));
        }
        return running;
    }

    private static void awaitAll(ArrayList<Task<?>> tasks) throws Exception {
        for (var task : tasks) {
            await(task);
        }
    }
}
