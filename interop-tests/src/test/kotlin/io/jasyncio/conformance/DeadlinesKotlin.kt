package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.TimeoutScope
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.timeout
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** S53, S55 and S59 in Kotlin. */
internal class DeadlinesKotlin {
    @Twin("a_request_from_outside_goes_before_the_deadline")
    suspend fun CoroutineScope.aRequestFromOutsideGoesBeforeTheDeadline(trace: Trace) {
        val task =
            createTask {
                try {
                    timeout(2.seconds) {
                        try {
                            nap(10)
                        } finally {
                            trace.add("expired", expired, "at", millis())
                        }
                    }
                } catch (cancelled: CancellationException) {
                    trace.add(cancelled, "requests", requests())
                    throw cancelled
                }
            }
        nap(1)
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled, "at", millis())
    }

    @Twin("a_request_in_the_pass_of_the_deadline_wins")
    suspend fun CoroutineScope.aRequestInThePassOfTheDeadlineWins(trace: Trace) {
        val loop = EventLoop.current()
        for (requestFirst in listOf(true, false)) {
            lateinit var deadline: TimeoutScope
            val task =
                createTask {
                    try {
                        timeout(null) {
                            deadline = this
                            nap(10)
                        }
                    } catch (cancelled: CancellationException) {
                        trace.add(cancelled, "expired", deadline.expired, "requests", requests())
                        throw cancelled
                    }
                }
            nap(1)
            if (requestFirst) loop.callSoon { task.cancel() }
            deadline.reschedule(Duration.ZERO)
            if (!requestFirst) loop.callSoon { task.cancel() }
            ended(task)
            trace.add("cancelled", task.isCancelled)
        }
    }

    @Twin(
        value = "a_request_during_the_cleanup_after_the_deadline_wins",
        because = "cleanup that waits has to be NonCancellable, and then nothing breaks it off",
        trace = ["Cancelled expired true requests 1", "cancelled true at 11000"],
    )
    suspend fun CoroutineScope.aRequestDuringTheCleanupAfterTheDeadlineWins(trace: Trace) {
        val task =
            createTask {
                lateinit var deadline: TimeoutScope
                try {
                    timeout(1.seconds) {
                        deadline = this
                        try {
                            nap(10)
                        } finally {
                            sleepInCleanup(10)
                        }
                    }
                } catch (cancelled: CancellationException) {
                    trace.add(cancelled, "expired", deadline.expired, "requests", requests())
                    throw cancelled
                }
            }
        nap(2)
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled, "at", millis())
    }

    @Twin("a_deadline_works_in_a_task_that_is_being_cancelled")
    suspend fun CoroutineScope.aDeadlineWorksInATaskThatIsBeingCancelled(trace: Trace) {
        val task =
            createTask {
                try {
                    nap(10)
                } catch (cancelled: CancellationException) {
                    try {
                        withContext(NonCancellable) { timeout(1.seconds) { nap(10) } }
                    } catch (late: TimeoutException) {
                        trace.add("cleanup", late, "requests", requests(), "at", millis())
                    }
                    throw cancelled
                }
            }
        nap(1)
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin(
        value = "a_request_from_before_the_block_goes_before_a_deadline_of_now",
        because = "CPython 3.13 loses the request if the deadline is now (gh-134471); a prior request must win",
        trace = ["Cancelled requests 1", "cancelled true", "Cancelled requests 1", "cancelled true"],
    )
    suspend fun CoroutineScope.aRequestFromBeforeTheBlockGoesBeforeADeadlineOfNow(trace: Trace) {
        for (delay in listOf(1, 0)) {
            val task =
                createTask {
                    currentTask()?.cancel()
                    try {
                        timeout(delay.seconds) { onePass() }
                    } catch (ending: Exception) {
                        trace.add(ending, "requests", requests())
                        throw ending
                    }
                }
            ended(task)
            trace.add("cancelled", task.isCancelled)
        }
    }
}
