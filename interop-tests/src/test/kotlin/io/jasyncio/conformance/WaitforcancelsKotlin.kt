package io.jasyncio.conformance

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.waitFor
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.CompletionStage
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** S42, S46, S53, S55, S56 and S61-S63 in Kotlin. */
internal class WaitforcancelsKotlin {
    /** A task that waits with a deadline, and says how that ended. */
    private fun limited(
        trace: Trace,
        awaited: CompletionStage<*>,
        seconds: Int,
    ): Task<Unit> =
        createTask {
            try {
                trace.add("got", waitFor(awaited, seconds.seconds), "at", millis())
            } catch (ending: Exception) {
                trace.add(ending, "requests", requests(), "at", millis())
                throw ending
            }
        }

    private fun slowToEnd(
        trace: Trace,
        seconds: Int,
    ): Task<Unit> =
        createTask {
            try {
                nap(10)
            } finally {
                sleepInCleanup(seconds)
                trace.add("cleaned up", millis())
            }
        }

    @Twin(
        value = "cancelling_the_one_that_waits_cancels_what_it_waits_for",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["Cancelled requests 1 at 1000", "cleaned up 3000", "cancelled true"],
    )
    suspend fun CoroutineScope.cancellingTheOneThatWaitsCancelsWhatItWaitsFor(trace: Trace) {
        val slow = slowToEnd(trace, 2)
        val task = limited(trace, slow, 5)
        nap(1)
        task.cancel()
        ended(task)
        ended(slow)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin("a_request_wins_over_a_result_of_the_same_pass")
    suspend fun CoroutineScope.aRequestWinsOverAResultOfTheSamePass(trace: Trace) {
        val future = createFuture<String>()
        val task = limited(trace, future, 5)
        nap(1)
        future.complete("value")
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled, "future", future.result())
    }

    @Twin(
        value = "a_request_wins_over_the_deadline_that_passes_during_the_cleanup",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["Cancelled requests 1 at 1500", "cleaned up 2500", "cancelled true"],
    )
    suspend fun CoroutineScope.aRequestEndsTheWaitBeforeTheDeadlineDoes(trace: Trace) {
        val slow = slowToEnd(trace, 1)
        val task = limited(trace, slow, 2)
        sleep(1500.milliseconds)
        task.cancel()
        ended(task)
        ended(slow)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin(
        value = "a_request_after_the_deadline_wins_over_the_timeout",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["Cancelled requests 1 at 2000", "cleaned up 11000", "cancelled true"],
    )
    suspend fun CoroutineScope.aRequestAfterTheDeadlineWinsOverTheTimeout(trace: Trace) {
        val slow = slowToEnd(trace, 10)
        val task = limited(trace, slow, 1)
        nap(2)
        task.cancel()
        ended(task)
        ended(slow)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin("a_request_in_the_pass_of_the_deadline_wins")
    suspend fun CoroutineScope.aRequestInThePassOfTheDeadlineWins(trace: Trace) {
        val task = limited(trace, Asyncio.sleep(ofSeconds(10)), 2)
        EventLoop.current().callLater(ofSeconds(2)) { task.cancel() }
        ended(task)
        trace.add("cancelled", task.isCancelled, "at", millis())
    }

    @Twin(
        value = "what_refuses_a_request_from_outside_gives_its_value",
        because = "an await ends at once when it is cancelled; it passes the request on and does not wait for the other task to end",
        trace = ["Cancelled requests 1 at 1000", "cancelled true requests 1"],
    )
    suspend fun CoroutineScope.whatIsCancelledFromOutsideCannotRefuse(trace: Trace) {
        val stubborn =
            createTask {
                try {
                    nap(10)
                    "not reached"
                } catch (_: CancellationException) {
                    "value"
                }
            }
        val task = limited(trace, stubborn, 5)
        nap(1)
        task.cancel()
        ended(task)
        trace.add("cancelled", task.isCancelled, "requests", task.cancelling())
    }

    @Twin("a_shield_lets_the_one_that_waits_go_at_once")
    suspend fun CoroutineScope.aShieldLetsTheOneThatWaitsGoAtOnce(trace: Trace) {
        val work = createTask { after(3, "value") }
        val task = limited(trace, Asyncio.shield(work), 5)
        nap(1)
        task.cancel()
        ended(task)
        trace.add("work", work.await(), "at", millis())
    }

    @Twin("an_inner_deadline_is_a_failure_to_the_outer_one")
    suspend fun CoroutineScope.anInnerDeadlineIsAFailureToTheOuterOne(trace: Trace) {
        awaitOuter(trace, limited(trace, limited(trace, Asyncio.sleep(ofSeconds(10)), 1), 5))
    }

    @Twin("an_outer_deadline_is_a_cancellation_to_the_inner_one")
    suspend fun CoroutineScope.anOuterDeadlineIsACancellationToTheInnerOne(trace: Trace) {
        awaitOuter(trace, limited(trace, limited(trace, Asyncio.sleep(ofSeconds(10)), 5), 1))
    }

    private suspend fun awaitOuter(
        trace: Trace,
        outer: Task<Unit>,
    ) {
        try {
            outer.await()
        } catch (late: TimeoutException) {
            trace.add("outer", late)
        }
    }
}
