package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.TimeoutScope
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.timeoutAt
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S60 in Kotlin. */
@NotHere(scenario = "a_timeout_is_for_tasks_only", because = "timeout is a suspend function: a callback cannot call it")
internal class ReschedulesKotlin {
    private fun fromNow(seconds: Int): Long = EventLoop.current().time() + seconds * 1_000_000_000L

    @Twin("a_deadline_may_be_moved_ahead")
    suspend fun CoroutineScope.aDeadlineMayBeMovedAhead(trace: Trace) {
        val deadline =
            timeout(1.seconds) {
                reschedule(5.seconds)
                nap(3)
                trace.add("goes on until", millis())
                this
            }
        trace.add("expired", deadline.expired)
    }

    @Twin("a_deadline_may_be_moved_nearer")
    suspend fun CoroutineScope.aDeadlineMayBeMovedNearer(trace: Trace) {
        try {
            timeout(10.seconds) {
                nap(1)
                reschedule(1.seconds)
                nap(10)
            }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
    }

    @Twin("a_deadline_may_be_taken_away")
    suspend fun CoroutineScope.aDeadlineMayBeTakenAway(trace: Trace) {
        val deadline =
            timeout(1.seconds) {
                reschedule(null)
                nap(5)
                trace.add("deadline", deadlineNanos, "goes on until", millis())
                this
            }
        trace.add("expired", deadline.expired)
    }

    @Twin("a_deadline_may_be_set_later")
    suspend fun CoroutineScope.aDeadlineMayBeSetLater(trace: Trace) {
        try {
            timeout(null) {
                nap(5)
                rescheduleAt(fromNow(1))
                nap(5)
            }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
    }

    @Twin("a_deadline_moved_into_the_past_passes_in_the_next_pass")
    suspend fun CoroutineScope.aDeadlineMovedIntoThePastPassesInTheNextPass(trace: Trace) {
        lateinit var deadline: TimeoutScope
        try {
            timeout(10.seconds) {
                deadline = this
                nap(5)
                rescheduleAt(fromNow(-1))
                trace.add("expired", expired)
                onePass()
                trace.add("not reached")
            }
        } catch (late: TimeoutException) {
            trace.add(late, "expired", deadline.expired, "at", millis())
        }
    }

    @Twin("a_deadline_is_a_time_of_the_loop")
    suspend fun CoroutineScope.aDeadlineIsATimeOfTheLoop(trace: Trace) {
        nap(1)
        timeout(2.seconds) { traceDeadline(trace) }
        try {
            timeoutAt(fromNow(3)) {
                traceDeadline(trace)
                nap(10)
            }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
    }

    private fun TimeoutScope.traceDeadline(trace: Trace) {
        trace.add("deadline", checkNotNull(deadlineNanos) / 1_000_000)
    }

    @Twin("a_time_in_the_past_is_a_deadline_of_now")
    suspend fun CoroutineScope.aTimeInThePastIsADeadlineOfNow(trace: Trace) {
        nap(5)
        timeoutAt(fromNow(-3)) { trace.add("a block that does not suspend") }
        try {
            timeoutAt(fromNow(-3)) { onePass() }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
    }

    @Twin("a_deadline_that_has_passed_cannot_be_moved")
    suspend fun CoroutineScope.aDeadlineThatHasPassedCannotBeMoved(trace: Trace) {
        val deadline =
            timeout(1.seconds) {
                try {
                    nap(10)
                } catch (_: CancellationException) {
                    tryToMove(trace, this)
                }
                this
            }
        tryToMove(trace, deadline)
    }

    private fun tryToMove(
        trace: Trace,
        deadline: TimeoutScope,
    ) {
        try {
            deadline.reschedule(1.seconds)
        } catch (refused: IllegalStateException) {
            trace.add(refused)
        }
    }

    @Twin("the_deadline_of_a_block_that_was_left_cannot_be_moved")
    suspend fun CoroutineScope.theDeadlineOfABlockThatWasLeftCannotBeMoved(trace: Trace) {
        tryToMove(trace, timeout(1.seconds) { this })
    }
}
