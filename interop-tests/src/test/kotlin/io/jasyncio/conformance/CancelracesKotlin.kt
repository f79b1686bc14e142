package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration

/** S41, S42, S44 and S51 in Kotlin. */
internal class CancelracesKotlin {
    @Twin("a_request_wins_over_a_result_of_the_same_pass")
    suspend fun CoroutineScope.aRequestWinsOverAResultOfTheSamePass(trace: Trace) {
        val future = createFuture<String>()
        val task = createTask { waiter(trace, "task", future) }
        nap(1)
        future.complete("value")
        trace.add("accepted", task.cancel())
        ended(task)
        trace.add("cancelled", task.isCancelled, "future", future.result())
    }

    @Twin("a_result_after_a_request_of_the_same_pass_is_refused")
    suspend fun CoroutineScope.aResultAfterARequestOfTheSamePassIsRefused(trace: Trace) {
        val future = createFuture<String>()
        val task = createTask { waiter(trace, "task", future) }
        nap(1)
        task.cancel()
        trace.add("future done", future.isDone, "cancelled", future.isCancelled)
        ended(task)
    }

    @Twin("a_request_wins_over_a_sleep_that_ends_in_the_same_pass")
    suspend fun CoroutineScope.aRequestWinsOverASleepThatEndsInTheSamePass(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(1)
                    trace.add("not reached")
                } catch (cancelled: CancellationException) {
                    trace.add("task", cancelled)
                    throw cancelled
                }
            }
        onePass()
        EventLoop.current().callLater(Duration.ofSeconds(1)) { task.cancel() }
        ended(task)
        trace.add("cancelled", task.isCancelled, "at", millis())
    }

    @Twin("a_request_wins_over_a_child_that_has_just_ended")
    suspend fun CoroutineScope.aRequestWinsOverAChildThatHasJustEnded(trace: Trace) {
        val inner =
            createTask {
                nap(1)
                "value"
            }
        val task = createTask { waiter(trace, "task", inner) }
        inner.addDoneCallback { trace.add("accepted", task.cancel()) }
        onePass()
        ended(task)
        trace.add("cancelled", task.isCancelled, "child", inner.result())
    }

    @Twin("a_request_that_comes_after_the_wakeup_is_too_late")
    suspend fun CoroutineScope.aRequestThatComesAfterTheWakeupIsTooLate(trace: Trace) {
        val future = createFuture<String>()
        val task = createTask { waiter(trace, "task", future) }
        nap(1)
        future.complete("value")
        onePass()
        trace.add("accepted", task.cancel(), "cancelled", task.isCancelled)
    }

    @Twin(
        value = "two_requests_of_the_same_pass_are_delivered_as_one",
        because = STAYS_CANCELLED,
        trace = ["Cancelled requests 2", "cancelled true"],
    )
    suspend fun CoroutineScope.twoRequestsOfTheSamePassAreDeliveredAsOne(trace: Trace) {
        val future = createFuture<String>()
        val task =
            createTask {
                try {
                    future.await()
                } catch (cancelled: CancellationException) {
                    trace.add(cancelled, "requests", requests())
                }
                onePass()
                trace.add("goes on")
            }
        nap(1)
        task.cancel()
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin(
        value = "a_request_after_the_future_was_cancelled_is_delivered_with_it",
        because = STAYS_CANCELLED,
        trace = ["accepted true", "Cancelled requests 1"],
    )
    suspend fun CoroutineScope.aRequestAfterTheFutureWasCancelledIsDeliveredWithIt(trace: Trace) {
        val future = createFuture<String>()
        val task =
            createTask {
                try {
                    future.await()
                } catch (cancelled: CancellationException) {
                    trace.add(cancelled, "requests", requests())
                }
                nap(1)
                trace.add("goes on")
            }
        nap(1)
        future.cancel()
        trace.add("accepted", task.cancel())
        ended(task)
    }

    @Twin(
        value = "a_request_taken_back_in_the_same_pass_leaves_the_result",
        because = "a request cancels the Job, and taking it back does not revive that",
        trace = ["left 0", "task Cancelled", "cancelled true"],
    )
    suspend fun CoroutineScope.aRequestTakenBackInTheSamePassHasCancelledTheJob(trace: Trace) {
        val future = createFuture<String>()
        val task = createTask { waiter(trace, "task", future) }
        nap(1)
        future.complete("value")
        task.cancel()
        trace.add("left", task.uncancel())
        ended(task)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin("a_request_taken_back_does_not_revive_the_future")
    suspend fun CoroutineScope.aRequestTakenBackDoesNotReviveTheFuture(trace: Trace) {
        val future = createFuture<String>()
        val task = createTask { waiter(trace, "task", future) }
        nap(1)
        task.cancel()
        trace.add("left", task.uncancel())
        ended(task)
        trace.add("cancelled", task.isCancelled, "requests", task.cancelling())
    }
}
