package io.jasyncio.benchmarks.harness;

import io.jasyncio.benchmarks.scenario.CallbackScenarios;
import io.jasyncio.benchmarks.scenario.CoroutineScenarios;
import io.jasyncio.benchmarks.scenario.DirectScenarios;
import io.jasyncio.benchmarks.scenario.DispatcherScenarios;
import io.jasyncio.benchmarks.scenario.Host;
import io.jasyncio.benchmarks.scenario.StageScenarios;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;

/** The table: what is measured, and against whom. Parent and children read the same one. */
final class Rows {

    private static final String OURS = "jasyncio";
    private static final String RUN_BLOCKING = "kotlinx runBlocking";
    private static final String SINGLE_THREAD = "kotlinx single thread";
    private static final String BARE = "a bare queue";

    private Rows() {}

    private static final List<Row> CORE = List.of(
            kotlin("launch-join", "`launch {}.join()`, one after the other", CoroutineScenarios::launchAndJoin)
                    .with(BARE, CoroutineScenarios.launchAndJoin(Host.BARE))
                    .python("spawn_and_join"),
            kotlin("launch-many", "100,000 `launch`, then join all", CoroutineScenarios::launchMany)
                    .with(BARE, CoroutineScenarios.launchMany(Host.BARE))
                    .python("spawn_many"),
            kotlin("yield-ten", "`yield()` among 10 coroutines", host -> CoroutineScenarios.yieldAmong(host, 10))
                    .with(BARE, CoroutineScenarios.yieldAmong(Host.BARE, 10))
                    .python("switch_among_ten"),
            kotlin("timers", "200,000 coroutines, each `delay(1..10 ms)`", CoroutineScenarios::timers)
                    .python("timers"),
            Row.of("task-await", "`createTask {}.await()` beside `async {}.await()`")
                    .with(OURS, CoroutineScenarios.createTaskAndAwait())
                    .with("jasyncio async", CoroutineScenarios.asyncAndAwait(Host.JASYNCIO))
                    .against(RUN_BLOCKING, CoroutineScenarios.asyncAndAwait(Host.RUN_BLOCKING))
                    .python("spawn_and_join"),
            Row.of("direct-join", "direct style: `await(createTask(body))`; Kotlin: `launch {}.join()`")
                    .with(OURS, DirectScenarios.spawnAndJoin())
                    .against(RUN_BLOCKING, CoroutineScenarios.launchAndJoin(Host.RUN_BLOCKING))
                    .python("spawn_and_join"),
            Row.of("direct-join-wait", "the same with `await(sleep(ZERO))` in the body; Kotlin: `yield()`")
                    .with(OURS, DirectScenarios.spawnWaitAndJoin())
                    .against(RUN_BLOCKING, CoroutineScenarios.launchYieldAndJoin(Host.RUN_BLOCKING))
                    .python("spawn_wait_and_join"),
            Row.of("direct-many", "direct style: 100,000 `createTask`, then await all")
                    .with(OURS, DirectScenarios.spawnMany())
                    .against(RUN_BLOCKING, CoroutineScenarios.launchMany(Host.RUN_BLOCKING))
                    .python("spawn_many"),
            Row.of("direct-switch", "direct style: `await(sleep(ZERO))`, one task alone; Kotlin: `yield()`")
                    .with(OURS, DirectScenarios.switchAmong(1))
                    .against(RUN_BLOCKING, CoroutineScenarios.yieldAmong(Host.RUN_BLOCKING, 1))
                    .python("switch_alone"),
            Row.of("direct-switch-ten", "direct style: `await(sleep(ZERO))` among 10 tasks; Kotlin: `yield()`")
                    .with(OURS, DirectScenarios.switchAmong(10))
                    .against(RUN_BLOCKING, CoroutineScenarios.yieldAmong(Host.RUN_BLOCKING, 10))
                    .python("switch_among_ten"),
            Row.of(
                            "direct-future",
                            "direct style: await a future that a callback completes; Kotlin: a `CompletableDeferred`")
                    .with(OURS, DirectScenarios.awaitFuture())
                    .against(RUN_BLOCKING, CoroutineScenarios.awaitDeferred(Host.RUN_BLOCKING))
                    .python("await_future"),
            Row.of("direct-timers", "direct style: 200,000 tasks, each `await(sleep(1..10 ms))`")
                    .with(OURS, DirectScenarios.timers())
                    .against(RUN_BLOCKING, CoroutineScenarios.timers(Host.RUN_BLOCKING))
                    .python("timers"),
            Row.of("stage-many", "stage style: 100,000 `createStageTask`, then a callback of each counts down")
                    .with(OURS, StageScenarios.spawnMany())
                    .with("jasyncio gather", StageScenarios.gatherMany())
                    .against(RUN_BLOCKING, CoroutineScenarios.launchMany(Host.RUN_BLOCKING))
                    .python("spawn_many"),
            Row.of("stage-await", "stage style: `createStageTask` and its callback, one after the other")
                    .with(OURS, StageScenarios.spawnAndAwait())
                    .against(RUN_BLOCKING, CoroutineScenarios.launchAndJoin(Host.RUN_BLOCKING))
                    .python("spawn_and_join"),
            Row.of("stage-timers", "stage style: 200,000 tasks, each `sleep(1..10 ms)`")
                    .with(OURS, StageScenarios.timers())
                    .against(RUN_BLOCKING, CoroutineScenarios.timers(Host.RUN_BLOCKING))
                    .python("timers"),
            Row.of("call-soon", "`callSoon` of an empty callback; kotlinx: `dispatch`")
                    .with(OURS, CallbackScenarios.callSoon())
                    .with("jasyncio execute", CallbackScenarios.execute())
                    .against(RUN_BLOCKING, DispatcherScenarios.dispatch())
                    .python("call_soon"),
            Row.of("call-soon-threadsafe", "`callSoonThreadsafe` from another thread; kotlinx: `dispatch`")
                    .with(OURS, CallbackScenarios.callSoonThreadsafe())
                    .with("jasyncio execute", CallbackScenarios.executeThreadsafe())
                    .against(RUN_BLOCKING, DispatcherScenarios.dispatchFromThread())
                    .with("JDK executor, one thread", CallbackScenarios.singleThreadExecutor())
                    .python("call_soon_threadsafe"),
            Row.of("done-callback", "future: make, `addDoneCallback`, complete; JDK: `whenCompleteAsync`")
                    .with(OURS, CallbackScenarios.doneCallback())
                    .against("JDK executor, one thread", CallbackScenarios.whenCompleteAsync())
                    .python("done_callback"));

    static final List<Row> ALL =
            Stream.of(CORE, SyncRows.ALL).flatMap(List::stream).toList();

    private static Row kotlin(String name, String title, Function<Host, Scenario> scenario) {
        return Row.of(name, title)
                .with(OURS, scenario.apply(Host.JASYNCIO))
                .against(RUN_BLOCKING, scenario.apply(Host.RUN_BLOCKING))
                .with(SINGLE_THREAD, scenario.apply(Host.SINGLE_THREAD));
    }

    static Row named(String name) {
        return ALL.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no row '" + name + "'; there are "
                        + ALL.stream().map(Row::name).toList()));
    }
}
