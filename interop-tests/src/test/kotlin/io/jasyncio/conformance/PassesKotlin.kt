package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.ZERO

/** S24, S32, S49 in Kotlin. */
internal class PassesKotlin {
    private suspend fun measure(
        trace: Trace,
        name: String,
        wait: suspend () -> Unit,
    ) {
        val passes = Passes.start()
        wait()
        trace.add(name, passes.stop())
    }

    private suspend fun yielding(times: Int) = repeat(times) { sleep(ZERO) }

    @Twin("passes_until_an_awaited_task_has_ended")
    suspend fun CoroutineScope.passesUntilAnAwaitedTaskHasEnded(trace: Trace) {
        measure(trace, "immediate") { createTask { yielding(0) }.await() }
        measure(trace, "yields once") { createTask { yielding(1) }.await() }
        measure(trace, "yields twice") { createTask { yielding(2) }.await() }
    }

    @Twin("passes_of_an_await_that_has_nothing_to_wait_for")
    suspend fun CoroutineScope.passesOfAnAwaitThatHasNothingToWaitFor(trace: Trace) {
        val ended = createTask { yielding(0) }
        ended.await()
        val future = createFuture<String>().apply { complete("value") }
        measure(trace, "body") { yielding(0) }
        measure(trace, "future") { future.await() }
        measure(trace, "task") { ended.await() }
    }

    @Twin("passes_until_a_future_is_completed")
    suspend fun CoroutineScope.passesUntilAFutureIsCompleted(trace: Trace) {
        measure(trace, "callback") { completedByACallback().await() }
        measure(trace, "task") { completedByATask().await() }
    }

    private fun completedByACallback(): LoopFuture<String> {
        val future = createFuture<String>()
        EventLoop.current().callSoon { future.complete("value") }
        return future
    }

    private fun completedByATask(): LoopFuture<String> {
        val future = createFuture<String>()
        createTask {
            sleep(ZERO)
            future.complete("value")
        }
        return future
    }

    @Twin("passes_of_eager_tasks")
    suspend fun CoroutineScope.passesOfEagerTasks(trace: Trace) {
        measure(trace, "immediate") { createTask(eagerStart = true) { yielding(0) }.await() }
        measure(trace, "yields once") { createTask(eagerStart = true) { yielding(1) }.await() }
        measure(trace, "yields twice") { createTask(eagerStart = true) { yielding(2) }.await() }
    }

    @Twin("an_end_climbs_one_task_per_pass")
    suspend fun CoroutineScope.anEndClimbsOneTaskPerPass(trace: Trace) {
        val passes = Passes.start()
        try {
            level(trace, passes, 4)
        } catch (error: Boom) {
            trace.add("main", error, "after", passes.stop())
        }
    }

    private suspend fun level(
        trace: Trace,
        passes: Passes,
        depth: Int,
    ) {
        if (depth == 0) {
            trace.add("fails after", passes.count())
            throw Boom()
        }
        try {
            createTask { level(trace, passes, depth - 1) }.await()
        } finally {
            trace.add("level", depth, "after", passes.count())
        }
    }
}
