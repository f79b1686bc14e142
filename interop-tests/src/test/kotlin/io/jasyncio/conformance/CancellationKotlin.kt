package io.jasyncio.conformance

import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope

/** S39-S43, S46 and S51 in Kotlin. */
internal class CancellationKotlin {
    @Twin(
        value = "a_request_is_delivered_once",
        because = STAYS_CANCELLED,
        trace = ["caught Cancelled at 1000", "cancelled true accepted true"],
    )
    suspend fun CoroutineScope.aRequestIsDeliveredAgainAndAgain(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(10)
                } catch (cancelled: CancellationException) {
                    trace.add("caught", cancelled, "at", millis())
                }
                nap(2)
                trace.add("slept until", millis())
                "value"
            }
        nap(1)
        val accepted = task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled, "accepted", accepted)
    }

    @Twin("a_body_may_clean_up_before_it_ends_cancelled")
    suspend fun CoroutineScope.aBodyMayCleanUpBeforeItEndsCancelled(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(10)
                } finally {
                    sleepInCleanup(3)
                    trace.add("cleaned up at", millis())
                }
            }
        nap(1)
        task.cancel()
        trace.add("done", task.isDone)
        ended(task)
        trace.add("cancelled", task.isCancelled, "at", millis())
    }

    @Twin(
        value = "a_second_request_breaks_the_cleanup_off",
        because = "cleanup that waits has to be NonCancellable, and then nothing breaks it off",
        trace = ["cleaning up 1000", "cleaned up 11000", "cancelled true requests 2 at 11000"],
    )
    suspend fun CoroutineScope.aSecondRequestLeavesAProtectedCleanupAlone(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(10)
                } catch (cancelled: CancellationException) {
                    trace.add("cleaning up", millis())
                    sleepInCleanup(10)
                    trace.add("cleaned up", millis())
                    throw cancelled
                }
            }
        nap(1)
        task.cancel()
        nap(1)
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled, "requests", task.cancelling(), "at", millis())
    }

    @Twin(
        value = "requests_are_counted_until_the_task_has_ended",
        because = "a Job that was cancelled ends cancelled, whatever its body returns",
        trace = ["requests 1", "requests 2", "cancelled accepted [true, true] false requests 2"],
    )
    suspend fun CoroutineScope.requestsAreCountedUntilTheTaskHasEnded(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(10)
                } finally {
                    trace.add("requests", requests())
                    sleepInCleanup(2)
                    trace.add("requests", requests())
                }
            }
        nap(1)
        val first = task.cancel()
        nap(1)
        val second = task.cancel()
        ended(task)
        trace.add("cancelled", "accepted", listOf(first, second), task.cancel(), "requests", task.cancelling())
    }

    @Twin(
        value = "uncancel_takes_one_request_back_and_stops_at_zero",
        because = "a request cancels the Job, and taking it back does not revive that",
        trace = ["requests 2 left 1 0 0", "requests 0 cancelled true"],
    )
    suspend fun CoroutineScope.uncancelTakesOneRequestBackAndStopsAtZero(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(10)
                    "not reached"
                } catch (_: CancellationException) {
                    "value"
                }
            }
        nap(1)
        task.cancel()
        task.cancel()
        trace.add("requests", task.cancelling(), "left", task.uncancel(), task.uncancel(), task.uncancel())
        ended(task)
        trace.add("requests", task.cancelling(), "cancelled", task.isCancelled)
    }

    @Twin("a_task_that_is_cancelled_before_it_starts_never_runs")
    suspend fun CoroutineScope.aTaskThatIsCancelledBeforeItStartsNeverRuns(trace: Trace) {
        val task = createTask { trace.add("not reached") }
        trace.add("accepted", task.cancel(), "done", task.isDone)
        onePass()
        trace.add("cancelled", task.isCancelled, "requests", task.cancelling())
    }

    @Twin(
        value = "a_request_that_is_taken_back_before_the_start_is_dropped",
        because = "a request cancels the Job, and taking it back does not revive that",
        trace = ["left 0", "cancelled true"],
    )
    suspend fun CoroutineScope.aRequestThatIsTakenBackBeforeTheStartHasCancelledTheJob(trace: Trace) {
        val task =
            createTask {
                trace.add("runs")
                nap(1)
                "value"
            }
        task.cancel()
        trace.add("left", task.uncancel())
        ended(task)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin("one_of_two_requests_taken_back_leaves_one_to_deliver")
    suspend fun CoroutineScope.oneOfTwoRequestsTakenBackLeavesOneToDeliver(trace: Trace) {
        val task = createTask { trace.add("not reached") }
        task.cancel()
        task.cancel()
        trace.add("left", task.uncancel())
        ended(task)
        trace.add("cancelled", task.isCancelled, "requests", task.cancelling())
    }

    @Twin(
        value = "a_body_that_swallows_the_cancellation_ends_normally",
        because = "a Job that was cancelled ends cancelled, whatever its body returns",
        trace = ["cancelled true requests 1"],
    )
    suspend fun CoroutineScope.aBodyThatSwallowsTheCancellationEndsCancelled(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(10)
                    "not reached"
                } catch (_: CancellationException) {
                    "value"
                }
            }
        nap(1)
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled, "requests", task.cancelling())
    }

    @Twin("a_body_that_answers_with_a_failure_has_failed")
    suspend fun CoroutineScope.aBodyThatAnswersWithAFailureHasFailed(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(10)
                } catch (_: CancellationException) {
                    throw Boom("in place of it")
                }
            }
        nap(1)
        task.cancel()
        try {
            task.await()
        } catch (failed: Boom) {
            trace.add(failed, failed.message, "cancelled", task.isCancelled)
        }
    }
}
