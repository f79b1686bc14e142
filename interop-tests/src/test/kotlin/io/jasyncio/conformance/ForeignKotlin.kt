package io.jasyncio.conformance

import io.jasyncio.Asyncio.ensureFuture
import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.Runner
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.runMain
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration.Companion.ZERO

/** S29, S30 in Kotlin. */
internal class ForeignKotlin {
    @Twin("a_future_of_another_loop_is_refused")
    suspend fun CoroutineScope.aFutureOfAnotherLoopIsRefused(trace: Trace) {
        val other = EventLoop.create(trace.options())
        val future: LoopFuture<String> = other.createFuture()
        try {
            trace.add(future.await())
        } catch (error: IllegalStateException) {
            trace.add(error)
        }
        sleep(ZERO)
        trace.add("main goes on", future.isDone)
        other.close()
    }

    @Twin("a_task_cannot_await_itself")
    suspend fun CoroutineScope.aTaskCannotAwaitItself(trace: Trace) {
        val task =
            createTask {
                try {
                    currentTask()?.await()
                } catch (error: IllegalStateException) {
                    trace.add(error)
                }
                "value"
            }
        trace.add(task.await())
    }

    @Twin("a_foreign_result_comes_through_the_queue")
    suspend fun CoroutineScope.aForeignResultComesThroughTheQueue(trace: Trace) {
        val loop = EventLoop.current()
        val foreign = CompletableFuture<String>()
        val view = ensureFuture(foreign)
        view.addDoneCallback { trace.add("view's callback") }
        loop.callSoon { trace.add("before") }
        foreign.complete("value")
        loop.callSoon { trace.add("after") }
        trace.add("view", view.isDone)
        sleep(ZERO)
        trace.add("main one, view", view.isDone)
        trace.add(view.await())
    }

    @Twin("a_foreign_failure_is_the_original_one")
    suspend fun CoroutineScope.aForeignFailureIsTheOriginalOne(trace: Trace) {
        val foreign = CompletableFuture<String>()
        val failure = Boom("original")
        EventLoop.current().callSoon { foreign.completeExceptionally(failure) }
        try {
            foreign.await()
        } catch (error: Boom) {
            trace.add(error, error === failure)
        }
    }

    @Twin("cancelling_the_view_cancels_the_foreign_future")
    suspend fun CoroutineScope.cancellingTheViewCancelsTheForeignFuture(trace: Trace) {
        val foreign = CompletableFuture<String>()
        val view = ensureFuture(foreign)
        trace.add("cancel", view.cancel(), view.isCancelled)
        sleep(ZERO)
        trace.add("foreign", foreign.isCancelled, foreign.isDone)
    }

    @Twin("cancelling_the_foreign_future_cancels_the_view")
    suspend fun CoroutineScope.cancellingTheForeignFutureCancelsTheView(trace: Trace) {
        val foreign = CompletableFuture<String>()
        val view = ensureFuture(foreign)
        EventLoop.current().callSoon { foreign.cancel(false) }
        try {
            view.await()
        } catch (cancelled: CancellationException) {
            trace.add(cancelled, view.isCancelled)
        }
    }

    @Twin("a_foreign_result_loses_against_a_cancel")
    suspend fun CoroutineScope.aForeignResultLosesAgainstACancel(trace: Trace) {
        val foreign = CompletableFuture<String>()
        val view = ensureFuture(foreign)
        foreign.complete("too late")
        trace.add("cancel", view.cancel())
        sleep(ZERO)
        sleep(ZERO)
        trace.add("view cancelled", view.isCancelled)
        trace.add("foreign", foreign.join())
    }

    @Twin(value = "a_foreign_result_for_a_closed_loop_is_dropped", plain = true)
    fun aForeignResultForAClosedLoopIsDropped(trace: Trace) {
        val foreign = CompletableFuture<String>()
        val view = Runner(trace.options()).use { runner -> runner.runMain { ensureFuture(foreign) } }
        foreign.complete("value")
        trace.add("foreign", foreign.join(), "view done", listOf(view.isDone))
    }
}
