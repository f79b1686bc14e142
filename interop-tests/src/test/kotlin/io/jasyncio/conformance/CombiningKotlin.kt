package io.jasyncio.conformance

import io.jasyncio.Asyncio
import io.jasyncio.coroutines.asCompleted
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.gather
import io.jasyncio.coroutines.shield
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.wait
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds

/** Shield and the passes of all that combines, in Kotlin. */
@NotHere(
    scenario = "ensure_future_gives_a_future_back_as_it_is",
    because = "a coroutine awaits every stage as it is, and starts a task by createTask",
)
internal class CombiningKotlin {
    @Twin("a_shield_keeps_a_cancellation_from_the_inner_future")
    suspend fun CoroutineScope.aShieldKeepsACancellationFromTheInnerFuture(trace: Trace) {
        val inner = createTask { sleeper(trace, "inner", 3) }
        val task =
            createTask {
                try {
                    shield(inner)
                } catch (cancelled: CancellationException) {
                    trace.add("outer", cancelled, "inner", inner.isDone, millis())
                }
                withContext(NonCancellable) { inner.await() }
            }
        sleep(1.seconds)
        task.cancel()
        wait(listOf(task))
        trace.add("after", millis())
    }

    @Twin("a_shield_ends_as_the_inner_future_does")
    suspend fun CoroutineScope.aShieldEndsAsTheInnerFutureDoes(trace: Trace) {
        trace.add(shield(createTask { after(1, "value") }))
        try {
            shield(createTask { failAfter(1, "bad") })
        } catch (failed: Boom) {
            trace.add(failed, failed.message)
        }
        val inner = createTask { sleeper(trace, "inner") }
        val outer = Asyncio.shield(inner)
        sleep(1.seconds)
        inner.cancel()
        wait(listOf(outer))
        trace.add("outer cancelled", outer.isCancelled)
    }

    @Twin("a_shield_of_an_ended_future_is_that_future")
    suspend fun CoroutineScope.aShieldOfAnEndedFutureIsThatFuture(trace: Trace) {
        val ended = createFuture<String>()
        ended.complete("x")
        trace.add(Asyncio.shield(ended) === ended)
    }

    @Twin("a_shield_in_a_gather_is_left_out_of_its_cancellation")
    suspend fun CoroutineScope.aShieldInAGatherIsLeftOutOfItsCancellation(trace: Trace) {
        val inner = createTask { sleeper(trace, "inner", 2) }
        val together = Asyncio.gather(Asyncio.shield(inner), createTask { sleeper(trace, "child") })
        sleep(1.seconds)
        together.cancel()
        try {
            together.await()
        } catch (cancelled: CancellationException) {
            trace.add(cancelled, millis())
        }
        inner.await()
    }

    @Twin("the_passes_of_what_combines")
    suspend fun CoroutineScope.thePassesOfWhatCombines(trace: Trace) {
        var passes = Passes.start()
        createTask { }.await()
        trace.add("task", passes.stop())
        passes = Passes.start()
        gather(createTask { }, createTask { })
        trace.add("gather", passes.stop())
        passes = Passes.start()
        wait(listOf(createTask { }))
        trace.add("wait", passes.stop())
        passes = Passes.start()
        shield(createTask { })
        trace.add("shield", passes.stop())
        passes = Passes.start()
        asCompleted(listOf(createTask { })).collect { it.await() }
        trace.add("as completed", passes.stop())
    }

    @Twin("the_passes_of_what_combines_ended_futures")
    suspend fun CoroutineScope.thePassesOfWhatCombinesEndedFutures(trace: Trace) {
        val ended = createFuture<String>()
        ended.complete("x")
        var passes = Passes.start()
        ended.await()
        trace.add("future", passes.stop())
        passes = Passes.start()
        gather(ended, ended)
        trace.add("gather", passes.stop())
        passes = Passes.start()
        wait(listOf(ended))
        trace.add("wait", passes.stop())
        passes = Passes.start()
        shield(ended)
        trace.add("shield", passes.stop())
        passes = Passes.start()
        asCompleted(listOf(ended)).collect { it.await() }
        trace.add("as completed", passes.stop())
    }
}
