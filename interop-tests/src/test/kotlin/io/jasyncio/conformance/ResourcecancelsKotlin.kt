package io.jasyncio.conformance

import io.jasyncio.Task
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.use
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S39, S44, S53 and S62 in Kotlin: async context managers in tasks that are cancelled. */
internal class ResourcecancelsKotlin {
    /** Cancels a task at these seconds, waits for its end and says what that was. */
    private suspend fun ending(
        trace: Trace,
        task: Task<*>,
        vararg seconds: Int,
    ) {
        Requests.request(task, *seconds)
        Requests.show(trace, ended(task))
    }

    /** Sleeps in there. */
    private fun inside(door: Door): Task<Unit> = createTask { door.use { nap(10) } }

    @Twin("a_request_in_the_body_leaves_the_resource")
    suspend fun CoroutineScope.aRequestInTheBodyLeavesTheResource(trace: Trace) {
        ending(trace, inside(Door(trace).closing(2)), 1)
    }

    @Twin("a_request_while_it_is_entered_ends_that")
    suspend fun CoroutineScope.aRequestWhileItIsEnteredEndsThat(trace: Trace) {
        ending(trace, inside(Door(trace).opening(3)), 1)
    }

    @Twin(
        value = "a_request_that_meets_the_end_of_the_entering",
        because = ResourcecancelsDirect.ENTERED_INLINE,
        trace = [
            "door opens",
            "door is open at 4000",
            "door closes after Cancelled",
            "door is closed at 4000",
            "ended by a cancellation at 4000",
        ],
    )
    suspend fun CoroutineScope.aRequestThatMeetsTheEndOfTheEnteringLeavesAgain(trace: Trace) {
        QueueTasks.callAt(1) { trace.advance(ofSeconds(3)) }
        ending(trace, inside(Door(trace).opening(2)), 3)
    }

    @Twin(
        value = "a_request_while_it_is_left_breaks_that_off",
        because = NOT_BROKEN_OFF,
        trace = [
            "door opens",
            "door is open at 0",
            "in",
            "door closes after none",
            "door is closed at 3000",
            "ended by a cancellation at 3000",
        ],
    )
    suspend fun CoroutineScope.aRequestWhileItIsLeftWaitsForThat(trace: Trace) {
        ending(trace, createTask { Door(trace).closing(3).use { trace.add("in") } }, 1)
    }

    @Twin(
        value = "a_second_request_breaks_off_what_the_first_one_began",
        because = NOT_BROKEN_OFF,
        trace = [
            "door opens",
            "door is open at 0",
            "door closes after Cancelled",
            "door is closed at 4000",
            "ended by a cancellation at 4000",
        ],
    )
    suspend fun CoroutineScope.aSecondRequestDoesNotBreakOffTheLeaving(trace: Trace) {
        ending(trace, inside(Door(trace).closing(3)), 1, 2)
    }

    @Twin(
        value = "a_request_while_it_is_left_after_a_failure",
        because = NOT_BROKEN_OFF + "; the failure leaves the block, and the next suspension throws",
        trace = [
            "door opens",
            "door is open at 0",
            "door closes after Boom",
            "door is closed at 3000",
            "Boom in the body",
            "ended by a cancellation at 3000",
        ],
    )
    suspend fun CoroutineScope.aRequestWhileItIsLeftAfterAFailureComesLater(trace: Trace) {
        val task =
            createTask {
                try {
                    Door(trace).closing(3).use { throw Boom("in the body") }
                } catch (failed: Boom) {
                    trace.add(failed, failed.message)
                }
                nap(1)
            }
        ending(trace, task, 1)
    }

    @Twin(
        value = "a_failure_to_leave_after_a_request",
        because = ResourcesDirect.BODY_FIRST + "; a cancellation too",
        trace = ["door opens", "door is open at 0", "door closes after Cancelled", "ended by a cancellation at 1000"],
    )
    suspend fun CoroutineScope.aFailureToLeaveAfterARequestIsSuppressed(trace: Trace) {
        ending(trace, inside(Door(trace).squeaks()), 1)
    }

    @Twin("a_request_leaves_nested_resources_in_reverse_order")
    suspend fun CoroutineScope.aRequestLeavesNestedResourcesInReverseOrder(trace: Trace) {
        val task =
            createTask {
                Door(trace, "outer").closing(1).use {
                    Door(trace, "inner").closing(1).use { nap(10) }
                }
            }
        ending(trace, task, 1)
    }

    @Twin(
        value = "a_request_that_the_body_swallows_is_none_for_the_resource",
        because = STAYS_CANCELLED,
        trace = [
            "door opens",
            "door is open at 0",
            "swallowed Cancelled",
            "door closes after none",
            "door is closed at 3000",
            "ended by a cancellation at 3000",
        ],
    )
    suspend fun CoroutineScope.aRequestThatTheBlockSwallowsIsThrownAfterIt(trace: Trace) {
        val task =
            createTask {
                Door(trace).closing(2).use {
                    try {
                        nap(10)
                    } catch (cancelled: CancellationException) {
                        trace.add("swallowed", cancelled)
                    }
                }
            }
        ending(trace, task, 1)
    }

    @Twin("a_deadline_in_the_body_waits_for_the_leaving")
    suspend fun CoroutineScope.aDeadlineInTheBodyWaitsForTheLeaving(trace: Trace) {
        ending(trace, inTime(trace, Door(trace).closing(2)))
    }

    @Twin("a_deadline_that_passes_while_it_is_entered")
    suspend fun CoroutineScope.aDeadlineThatPassesWhileItIsEntered(trace: Trace) {
        ending(trace, inTime(trace, Door(trace).opening(2)))
    }

    private fun inTime(
        trace: Trace,
        door: Door,
    ): Task<Unit> =
        createTask {
            try {
                timeout(1.seconds) { door.use { nap(10) } }
            } catch (late: TimeoutException) {
                trace.add(late, "at", millis())
            }
        }

    private companion object {
        const val NOT_BROKEN_OFF = "leaving is not cancelled: it is waited for, and the cancellation is thrown after it"
    }
}
