package io.jasyncio.conformance

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.waitFor
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** S61 and S62 in Kotlin. */
internal class WaitforKotlin {
    private suspend fun slowToEnd(trace: Trace) {
        try {
            nap(10)
        } finally {
            sleepInCleanup(3)
            trace.add("cleaned up", millis())
        }
    }

    @Twin("what_ends_in_time_gives_its_result")
    suspend fun CoroutineScope.whatEndsInTimeGivesItsResult(trace: Trace) {
        trace.add(waitFor(createTask { after(1, "value") }, 2.seconds), millis())
        try {
            waitFor(createTask { failAfter(1, "in time") }, 2.seconds)
        } catch (failed: Boom) {
            trace.add(failed, failed.message, millis())
        }
    }

    @Twin("a_body_runs_in_the_task_that_waits")
    suspend fun CoroutineScope.aBodyRunsInTheTaskThatWaits(trace: Trace) {
        val outer = currentTask()
        val passes = Passes.start()
        timeout(1.seconds) { trace.add("same task", currentTask() === outer) }
        trace.add("passes", passes.stop())
    }

    @Twin("what_is_late_is_cancelled")
    suspend fun CoroutineScope.whatIsLateIsCancelled(trace: Trace) {
        val lateTask = createTask { nap(10) }
        try {
            waitFor(lateTask, 1.seconds)
        } catch (late: TimeoutException) {
            trace.add(late, "because of", late.cause, "at", millis())
        }
        trace.add("cancelled", lateTask.isCancelled, "requests", requests(), "inner", lateTask.cancelling())
    }

    @Twin("no_time_at_all_never_starts_a_body")
    suspend fun CoroutineScope.noTimeAtAllNeverStartsABody(trace: Trace) {
        for (delay in listOf(0, -1)) {
            try {
                waitFor(createTask { trace.add("not reached") }, delay.seconds)
            } catch (late: TimeoutException) {
                trace.add(late, "requests", requests())
            }
        }
    }

    @Twin("no_time_at_all_is_enough_for_what_has_ended")
    suspend fun CoroutineScope.noTimeAtAllIsEnoughForWhatHasEnded(trace: Trace) {
        val known = createFuture<String>()
        known.complete("value")
        trace.add(waitFor(known, Duration.ZERO))
    }

    @Twin("no_time_at_all_waits_for_the_cleanup_too")
    suspend fun CoroutineScope.noTimeAtAllWaitsForTheCleanupToo(trace: Trace) {
        val task = createTask { slowToEnd(trace) }
        nap(1)
        try {
            waitFor(task, Duration.ZERO)
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
    }

    @Twin("the_timeout_comes_after_the_cleanup")
    suspend fun CoroutineScope.theTimeoutComesAfterTheCleanup(trace: Trace) {
        try {
            waitFor(createTask { slowToEnd(trace) }, 1.seconds)
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
    }

    @Twin(
        value = "what_refuses_to_be_cancelled_gives_its_value",
        because = "a Job that was cancelled ends cancelled, whatever its body returns",
        trace = ["Timeout requests 0 at 2000"],
    )
    suspend fun CoroutineScope.whatIsCancelledCannotRefuse(trace: Trace) {
        val stubborn =
            createTask {
                try {
                    nap(10)
                    "not reached"
                } catch (_: CancellationException) {
                    sleepInCleanup(1)
                    "value"
                }
            }
        try {
            trace.add(waitFor(stubborn, 1.seconds), "requests", requests(), "at", millis())
        } catch (late: TimeoutException) {
            trace.add(late, "requests", requests(), "at", millis())
        }
    }

    @Twin("what_fails_in_its_cleanup_fails_the_wait")
    suspend fun CoroutineScope.whatFailsInItsCleanupFailsTheWait(trace: Trace) {
        val fragile =
            createTask {
                try {
                    nap(10)
                } catch (_: CancellationException) {
                    throw Boom("cleanup")
                }
            }
        try {
            waitFor(fragile, 1.seconds)
        } catch (failed: Boom) {
            trace.add(failed, failed.message, "requests", requests())
        }
    }

    @Twin("what_was_cancelled_by_another_is_no_timeout")
    suspend fun CoroutineScope.whatWasCancelledByAnotherIsNoTimeout(trace: Trace) {
        val task = createTask { nap(10) }
        EventLoop.current().callLater(ofSeconds(1)) { task.cancel() }
        try {
            waitFor(task, 5.seconds)
        } catch (cancelled: CancellationException) {
            trace.add(cancelled, "requests", requests(), "at", millis())
        }
    }

    @Twin("a_shield_keeps_the_late_work_going")
    suspend fun CoroutineScope.aShieldKeepsTheLateWorkGoing(trace: Trace) {
        val work = createTask { after(3, "value") }
        try {
            waitFor(Asyncio.shield(work), 1.seconds)
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
        trace.add(work.await(), millis())
    }
}
