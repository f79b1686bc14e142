package io.jasyncio.benchmarks.scenario

import io.jasyncio.benchmarks.harness.Scenario
import io.jasyncio.coroutines.asAsyncIterable
import io.jasyncio.coroutines.asFlow
import io.jasyncio.coroutines.hasNext
import io.jasyncio.coroutines.iterator
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.yield

/** Flows, and the ways between them and our own sequences. An operation is one element. */
object FlowScenarios {
    /** A flow and its collector: in Kotlin that is a call of a function for each element, and nothing is suspended. */
    @JvmStatic
    fun collect(waits: Boolean): Scenario = counted { elements, count -> elements(elements, waits).collect { count() } }

    /** A flow whose emitter and collector are two coroutines, with room for one element between them. */
    @JvmStatic
    fun collectBuffered(waits: Boolean): Scenario =
        counted { elements, count -> elements(elements, waits).buffer(1).collect { count() } }

    /** A flow, gone through element by element as Java code does. */
    @JvmStatic
    fun flowAsIterable(waits: Boolean): Scenario =
        counted { elements, count -> for (element in elements(elements, waits).asAsyncIterable()) count() }

    /** A direct-style generator, collected as a flow. */
    @JvmStatic
    fun generatorAsFlow(waits: Boolean): Scenario =
        counted { elements, count -> GeneratorScenarios.generator(elements, waits).asFlow().collect { count() } }

    private fun elements(
        count: Long,
        waits: Boolean,
    ): Flow<String> =
        flow {
            for (i in 1..count) {
                if (waits) yield()
                emit(QueueScenarios.ITEM)
            }
        }

    private inline fun counted(crossinline body: suspend (Long, () -> Unit) -> Unit): Scenario =
        Scenario { operations, watch ->
            Host.JASYNCIO.run {
                var count = 0L
                watch.start()
                body(operations) { count++ }
                watch.stop(count)
            }
        }
}
