package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.TimeoutScope
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.timeout
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** S53, S54, S57 and S58 in Kotlin. */
internal class TimeoutsKotlin {
    @Twin(
        value = "a_deadline_breaks_the_block_off",
        because = "the deadline cancels the block's own Job and not the task, so it is no request to the task",
        trace = ["block Cancelled requests 0", "Timeout because of Cancelled at 1000", "expired true requests 0"],
    )
    suspend fun CoroutineScope.aDeadlineBreaksTheBlockOff(trace: Trace) {
        lateinit var deadline: TimeoutScope
        try {
            timeout(1.seconds) {
                deadline = this
                try {
                    nap(10)
                } catch (cancelled: CancellationException) {
                    trace.add("block", cancelled, "requests", requests())
                    throw cancelled
                }
            }
        } catch (late: TimeoutException) {
            trace.add(late, "because of", late.cause, "at", millis())
        }
        trace.add("expired", deadline.expired, "requests", requests())
    }

    @Twin("a_block_that_ends_in_time_is_left_alone")
    suspend fun CoroutineScope.aBlockThatEndsInTimeIsLeftAlone(trace: Trace) {
        val deadline =
            timeout(2.seconds) {
                nap(1)
                this
            }
        trace.add("expired", deadline.expired, "at", millis())
        nap(5)
        trace.add("expired", deadline.expired, "requests", requests(), "at", millis())
    }

    @Twin("a_failure_in_time_leaves_the_block_as_it_is")
    suspend fun CoroutineScope.aFailureInTimeLeavesTheBlockAsItIs(trace: Trace) {
        lateinit var deadline: TimeoutScope
        try {
            timeout(2.seconds) {
                deadline = this
                nap(1)
                throw Boom()
            }
        } catch (failed: Boom) {
            trace.add(failed, "expired", deadline.expired)
        }
    }

    @Twin("a_block_without_a_deadline_is_never_broken_off")
    suspend fun CoroutineScope.aBlockWithoutADeadlineIsNeverBrokenOff(trace: Trace) {
        val deadline =
            timeout(null) {
                trace.add("deadline", deadlineNanos)
                nap(100_000)
                this
            }
        trace.add("expired", deadline.expired, "at", millis())
    }

    @Twin("a_block_that_never_suspends_does_not_time_out")
    suspend fun CoroutineScope.aBlockThatNeverSuspendsDoesNotTimeOut(trace: Trace) {
        for (delay in listOf(1, 0, -1)) {
            val deadline =
                timeout(delay.seconds) {
                    trace.add("runs")
                    this
                }
            trace.add("expired", deadline.expired)
        }
    }

    @Twin("a_deadline_of_now_breaks_off_the_first_suspension")
    suspend fun CoroutineScope.aDeadlineOfNowBreaksOffTheFirstSuspension(trace: Trace) {
        for (delay in listOf(0, -1)) {
            lateinit var deadline: TimeoutScope
            try {
                timeout(delay.seconds) {
                    deadline = this
                    onePass()
                    trace.add("not reached")
                }
            } catch (late: TimeoutException) {
                trace.add(late, "expired", deadline.expired, "requests", requests())
            }
        }
    }

    @Twin("the_block_may_clean_up_before_the_timeout_leaves_it")
    suspend fun CoroutineScope.theBlockMayCleanUpBeforeTheTimeoutLeavesIt(trace: Trace) {
        try {
            timeout(1.seconds) {
                try {
                    nap(10)
                } finally {
                    sleepInCleanup(3)
                    trace.add("cleaned up", millis())
                }
            }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
    }

    @Twin(
        value = "a_block_that_swallows_the_cancellation_does_not_time_out",
        because = "the deadline cancels the block's own Job and not the task, so it is no request to the task",
        trace = ["swallowed Cancelled", "expired true requests 0 at 6000", "expired true requests 0"],
    )
    suspend fun CoroutineScope.aBlockThatSwallowsTheCancellationDoesNotTimeOut(trace: Trace) {
        val deadline =
            timeout(1.seconds) {
                try {
                    nap(10)
                } catch (cancelled: CancellationException) {
                    trace.add("swallowed", cancelled)
                }
                withContext(NonCancellable) { nap(5) }
                trace.add("expired", expired, "requests", requests(), "at", millis())
                this
            }
        trace.add("expired", deadline.expired, "requests", requests())
    }

    @Twin("a_failure_after_the_deadline_leaves_the_block_and_tells_of_the_timeout")
    suspend fun CoroutineScope.aFailureAfterTheDeadlineLeavesTheBlockAndTellsOfTheTimeout(trace: Trace) {
        lateinit var deadline: TimeoutScope
        try {
            timeout(1.seconds) {
                deadline = this
                try {
                    nap(10)
                } catch (_: CancellationException) {
                    throw Boom()
                }
            }
        } catch (failed: Boom) {
            trace.add(failed, "behind it", failed.suppressed.single { it is TimeoutException })
        }
        trace.add("expired", deadline.expired, "requests", requests())
    }

    @Twin("a_deadline_wins_over_a_result_that_the_block_has_not_taken")
    suspend fun CoroutineScope.aDeadlineWinsOverAResultThatTheBlockHasNotTaken(trace: Trace) {
        for (resultFirst in listOf(true, false)) {
            val future = createFuture<String>()
            try {
                timeout(null) {
                    EventLoop.current().callLater(ofSeconds(1)) {
                        if (resultFirst) future.complete("value")
                        reschedule(Duration.ZERO)
                        future.complete("value")
                    }
                    trace.add("got", future.await())
                }
            } catch (late: TimeoutException) {
                trace.add(late, "future", future.result(), "requests", requests())
            }
        }
    }

    @Twin("the_passes_of_a_timeout")
    suspend fun CoroutineScope.thePassesOfATimeout(trace: Trace) {
        val order = ArrayList<String>()
        EventLoop.current().callSoon { order.add("callback") }
        timeout(1.seconds) { order.add("inside") }
        order.add("after")
        trace.add(order)
    }

    @Twin("a_cancelled_future_in_the_block_is_no_timeout")
    suspend fun CoroutineScope.aCancelledFutureInTheBlockIsNoTimeout(trace: Trace) {
        val future = createFuture<Unit>()
        EventLoop.current().callLater(ofSeconds(1)) { future.cancel() }
        lateinit var deadline: TimeoutScope
        try {
            timeout(5.seconds) {
                deadline = this
                future.await()
            }
        } catch (cancelled: CancellationException) {
            trace.add(cancelled, "expired", deadline.expired, "requests", requests(), "at", millis())
        }
    }
}
