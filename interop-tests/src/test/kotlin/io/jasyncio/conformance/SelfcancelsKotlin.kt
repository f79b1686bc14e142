package io.jasyncio.conformance

import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope

/** S45, S47 and S51 in Kotlin. */
internal class SelfcancelsKotlin {
    @Twin("a_task_that_cancels_itself_and_returns_ends_cancelled")
    suspend fun CoroutineScope.aTaskThatCancelsItselfAndReturnsEndsCancelled(trace: Trace) {
        val task =
            ended(
                createTask {
                    trace.add("accepted", currentTask()?.cancel())
                    "lost"
                },
            )
        trace.add("cancelled", task.isCancelled)
    }

    @Twin("a_task_that_cancels_itself_and_fails_has_failed")
    suspend fun CoroutineScope.aTaskThatCancelsItselfAndFailsHasFailed(trace: Trace) {
        val task =
            ended(
                createTask<Unit> {
                    currentTask()?.cancel()
                    throw Boom("first")
                },
            )
        trace.add("cancelled", task.isCancelled, task.exception())
    }

    @Twin("a_task_that_cancels_itself_is_told_when_it_next_suspends")
    suspend fun CoroutineScope.aTaskThatCancelsItselfIsToldWhenItNextSuspends(trace: Trace) {
        ended(
            createTask {
                val known = createFuture<String>()
                known.complete("future")
                currentTask()?.cancel()
                trace.add(known.await())
                trace.add(atOnce())
                try {
                    onePass()
                } catch (cancelled: CancellationException) {
                    trace.add(cancelled)
                }
            },
        )
    }

    private suspend fun atOnce() = "coroutine"

    @Twin(
        value = "a_request_to_oneself_that_is_taken_back_is_dropped",
        because = "a request cancels the Job, and taking it back does not revive that",
        trace = ["left 0", "cancelled true"],
    )
    suspend fun CoroutineScope.aRequestToOneselfThatIsTakenBackHasCancelledTheJob(trace: Trace) {
        val task =
            createTask {
                val me = checkNotNull(currentTask())
                me.cancel()
                trace.add("left", me.uncancel())
                nap(1)
                "value"
            }
        ended(task)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin("a_body_that_raises_a_cancellation_ends_cancelled")
    suspend fun CoroutineScope.aBodyThatThrowsACancellationEndsCancelled(trace: Trace) {
        val task = ended(createTask<Unit> { throw CancellationException("of its own") })
        trace.add("cancelled", task.isCancelled, "requests", task.cancelling())
        try {
            task.await()
        } catch (cancelled: CancellationException) {
            trace.add(cancelled.message)
        }
    }
}
