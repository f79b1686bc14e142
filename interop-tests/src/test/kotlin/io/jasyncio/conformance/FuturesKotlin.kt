package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.toJavaDuration

/** S21, S24, S25 in Kotlin. */
internal class FuturesKotlin {
    @Twin("a_future_ends_once")
    suspend fun CoroutineScope.aFutureEndsOnce(trace: Trace) {
        endTwice(trace, "result") { complete("first") }
        endTwice(trace, "failure") { completeExceptionally(Boom()) }
        endTwice(trace, "cancel") { cancel() }
    }

    private suspend fun endTwice(
        trace: Trace,
        name: String,
        end: LoopFuture<String>.() -> Unit,
    ) {
        val future = createFuture<String>()
        future.end()
        val resultRefused = !future.complete("second")
        val failureRefused = !future.completeExceptionally(IllegalArgumentException())
        trace.add("after", name, "result refused", resultRefused, "failure refused", failureRefused, "cancel refused", !future.cancel())
        try {
            trace.add("still", future.await())
        } catch (error: Boom) {
            trace.add("still", error, future.isCancelled)
        } catch (error: CancellationException) {
            trace.add("still", error, future.isCancelled)
        }
    }

    @Twin("the_state_of_a_future_can_be_asked")
    suspend fun CoroutineScope.theStateOfAFutureCanBeAsked(trace: Trace) {
        look(trace, "pending", createFuture())
        look(trace, "finished", createFuture<String>().apply { complete("value") })
        look(trace, "failed", createFuture<String>().apply { completeExceptionally(Boom()) })
        look(trace, "cancelled", createFuture<String>().apply { cancel() })
    }

    private fun look(
        trace: Trace,
        name: String,
        future: LoopFuture<String>,
    ) {
        trace.add(name, "done", future.isDone, "cancelled", future.isCancelled)
        listOf(future::result, future::exception).forEach { question ->
            runCatching(question).fold({ trace.add(name, it) }, { trace.add(name, "raised", it) })
        }
    }

    @Twin("awaiting_an_ended_future_does_not_suspend")
    suspend fun CoroutineScope.awaitingAnEndedFutureDoesNotSuspend(trace: Trace) {
        EventLoop.current().callSoon { trace.add("other") }
        val value = createFuture<String>().apply { complete("value") }
        val failed = createFuture<String>().apply { completeExceptionally(Boom()) }
        val cancelled = createFuture<String>().apply { cancel() }
        val passes = Passes.start()
        for (future in listOf(value, failed, cancelled)) {
            try {
                trace.add(future.await())
            } catch (error: Boom) {
                trace.add(error)
            } catch (error: CancellationException) {
                trace.add(error)
            }
        }
        trace.add("passes", passes.stop())
        sleep(ZERO)
        trace.add("main")
    }

    @Twin("all_awaiters_get_the_same_object")
    suspend fun CoroutineScope.allAwaitersGetTheSameObject(trace: Trace) {
        val value = Any()
        awaitOften(trace, value) { complete(value) }
        val failure = Boom()
        val future = awaitOften(trace, failure) { completeExceptionally(failure) }
        trace.add("asked", future.exception() === failure)
    }

    private suspend fun awaitOften(
        trace: Trace,
        expected: Any,
        end: LoopFuture<Any>.() -> Unit,
    ): LoopFuture<Any> {
        val future = createFuture<Any>()
        val waiters = List(3) { createTask { endOf(future) } }
        EventLoop.current().callLater(1.milliseconds.toJavaDuration()) { future.end() }
        val got = waiters.map { it.await() } + endOf(future)
        trace.add("same", got.map { it === expected })
        return future
    }

    private suspend fun endOf(future: LoopFuture<Any>): Any =
        try {
            future.await()
        } catch (error: Boom) {
            error
        }
}
