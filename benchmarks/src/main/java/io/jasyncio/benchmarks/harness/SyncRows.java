package io.jasyncio.benchmarks.harness;

import io.jasyncio.benchmarks.scenario.DirectSyncScenarios;
import io.jasyncio.benchmarks.scenario.FlowScenarios;
import io.jasyncio.benchmarks.scenario.GeneratorScenarios;
import io.jasyncio.benchmarks.scenario.QueueScenarios;
import io.jasyncio.benchmarks.scenario.StageSyncScenarios;
import io.jasyncio.benchmarks.scenario.SyncScenarios;
import java.util.List;

/** The rows of primitives and queues. The reference is what kotlinx offers, on our own loop: so only the primitives differ. */
final class SyncRows {

    private static final String KOTLIN = "jasyncio Kotlin";
    private static final String DIRECT = "jasyncio direct";
    private static final String HOLD = "jasyncio direct, holdAsync";
    private static final String STAGE = "jasyncio stage";
    private static final String CHANNEL = "kotlinx Channel, same loop";
    private static final String MUTEX = "kotlinx Mutex, same loop";
    private static final String SEMAPHORE = "kotlinx Semaphore, same loop";
    private static final String DEFERRED = "kotlinx CompletableDeferred, same loop";

    private SyncRows() {}

    static final List<Row> ALL = List.of(
            queue("queue-1", "`put` + `get` between two tasks, capacity 1", 1),
            queue("queue-10", "the same, capacity 10", 10),
            queue("queue-100", "the same, capacity 100", 100),
            queue("queue-unbounded", "the same, unbounded; the producer gives way after every 100 items", 0),
            Row.of("queue-alone", "`put` + `get` in one task, nobody waits")
                    .with(KOTLIN, QueueScenarios.queueAlone())
                    .with(DIRECT, DirectSyncScenarios.queueAlone())
                    .with(STAGE, StageSyncScenarios.queueAlone())
                    .against(CHANNEL, QueueScenarios.channelAlone())
                    .python("queue_alone"),
            Row.of("lock-alone", "`lock.withLock {}`, nobody waits")
                    .with(KOTLIN, SyncScenarios.lockAlone())
                    .with(DIRECT, DirectSyncScenarios.lockAlone())
                    .with(HOLD, DirectSyncScenarios.holdAlone())
                    .with(STAGE, StageSyncScenarios.lockAlone())
                    .against(MUTEX, SyncScenarios.mutexAlone())
                    .python("lock_alone"),
            lock("lock-two", "2 tasks take turns at a lock, each gives way while it holds it", 2),
            lock("lock-ten", "10 tasks take turns at a lock, each gives way while it holds it", 10),
            Row.of("lock-once", "1,000 new tasks wait for a lock, each takes it once; spawn and join included")
                    .with(KOTLIN, SyncScenarios.lockOnce())
                    .against(MUTEX, SyncScenarios.mutexOnce())
                    .python("lock_once 1000"),
            Row.of("semaphore-ten", "10 tasks and 3 permits, each gives way while it has one")
                    .with(KOTLIN, SyncScenarios.semaphoreAmong(10, 3))
                    .with(DIRECT, DirectSyncScenarios.semaphoreAmong(10, 3))
                    .with(STAGE, StageSyncScenarios.semaphoreAmong(10, 3))
                    .against(SEMAPHORE, SyncScenarios.kotlinxSemaphoreAmong(10, 3))
                    .python("semaphore_among 10 3"),
            Row.of("event-hundred", "an event wakes 100 waiters; time for each of them")
                    .with(KOTLIN, SyncScenarios.eventBroadcast())
                    .with(DIRECT, DirectSyncScenarios.eventBroadcast())
                    .with(STAGE, StageSyncScenarios.eventBroadcast())
                    .against(DEFERRED, SyncScenarios.deferredBroadcast())
                    .python("event_broadcast 100"),
            generator("generator", "an async generator and a loop over it; time for each element", false),
            generator("generator-wait", "the same, and it gives way before each element", true));

    private static Row queue(String name, String title, int capacity) {
        return Row.of(name, title)
                .with(KOTLIN, QueueScenarios.queueBetween(capacity))
                .with(DIRECT, DirectSyncScenarios.queueBetween(capacity))
                .with(STAGE, StageSyncScenarios.queueBetween(capacity))
                .against(CHANNEL, QueueScenarios.channelBetween(capacity))
                .python("queue_between " + capacity);
    }

    private static Row generator(String name, String title, boolean waits) {
        return Row.of(name, title)
                .with(DIRECT, GeneratorScenarios.each(waits))
                .with("jasyncio direct, forEachAsync", GeneratorScenarios.forEach(waits))
                .with("jasyncio direct, as a flow", FlowScenarios.generatorAsFlow(waits))
                .with("Kotlin flow, as AsyncIterable", FlowScenarios.flowAsIterable(waits))
                .with("Kotlin flow, buffer(1)", FlowScenarios.collectBuffered(waits))
                .against("Kotlin flow", FlowScenarios.collect(waits))
                .python("generator " + (waits ? 1 : 0));
    }

    private static Row lock(String name, String title, int tasks) {
        return Row.of(name, title)
                .with(KOTLIN, SyncScenarios.lockAmong(tasks))
                .with(DIRECT, DirectSyncScenarios.lockAmong(tasks))
                .with(STAGE, StageSyncScenarios.lockAmong(tasks))
                .against(MUTEX, SyncScenarios.mutexAmong(tasks))
                .python("lock_among " + tasks);
    }
}
