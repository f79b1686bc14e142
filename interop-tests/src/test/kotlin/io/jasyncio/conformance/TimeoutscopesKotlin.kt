package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.TimeoutScope
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.timeoutAt
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S53-S57 in Kotlin. */
internal class TimeoutscopesKotlin {
    @Twin("the_timeout_is_caught_where_the_block_ends")
    suspend fun CoroutineScope.theTimeoutIsCaughtWhereTheBlockEnds(trace: Trace) {
        try {
            timeout(1.seconds) {
                nap(10)
                trace.add("not reached")
            }
        } catch (late: TimeoutException) {
            trace.add(late, "requests", requests(), "at", millis())
        }
        nap(1)
        trace.add("goes on until", millis())
    }

    @Twin("finally_blocks_run_and_may_wait")
    suspend fun CoroutineScope.finallyBlocksRunAndMayWait(trace: Trace) {
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

    @Twin("the_same_task_may_time_out_again_and_again")
    suspend fun CoroutineScope.theSameTaskMayTimeOutAgainAndAgain(trace: Trace) {
        for (attempt in 1..3) {
            try {
                timeout(attempt.seconds) {
                    nap(2)
                    trace.add("attempt", attempt, "succeeds", millis())
                }
            } catch (late: TimeoutException) {
                trace.add("attempt", attempt, late, millis())
            }
        }
    }

    @Twin("a_block_in_a_block_may_time_out_alone")
    suspend fun CoroutineScope.aBlockInABlockMayTimeOutAlone(trace: Trace) {
        try {
            timeout(3.seconds) {
                try {
                    timeout(1.seconds) { nap(10) }
                } catch (late: TimeoutException) {
                    trace.add("inner", late, millis())
                }
                nap(10)
            }
        } catch (late: TimeoutException) {
            trace.add("outer", late, "requests", requests(), millis())
        }
    }

    @Twin("a_block_in_a_block_ends_with_the_outer_one")
    suspend fun CoroutineScope.aBlockInABlockEndsWithTheOuterOne(trace: Trace) {
        try {
            timeout(1.seconds) {
                lateinit var inner: TimeoutScope
                try {
                    timeout(5.seconds) {
                        inner = this
                        nap(10)
                    }
                } finally {
                    trace.add("inner expired", inner.expired, millis())
                }
            }
        } catch (late: TimeoutException) {
            trace.add("outer", late, "requests", requests(), millis())
        }
    }

    @Twin("two_deadlines_in_the_same_pass_are_one_timeout")
    suspend fun CoroutineScope.twoDeadlinesInTheSamePassAreOneTimeout(trace: Trace) {
        val end = EventLoop.current().time() + 1_000_000_000L
        val deadlines = ArrayList<TimeoutScope>()
        try {
            timeoutAt(end) {
                deadlines.add(this)
                timeoutAt(end) {
                    deadlines.add(this)
                    nap(10)
                }
            }
        } catch (late: TimeoutException) {
            trace.add(late, "requests", requests(), "expired", deadlines[0].expired, deadlines[1].expired)
        }
        nap(1)
        trace.add("goes on until", millis())
    }

    @Twin("a_request_from_outside_is_no_timeout")
    suspend fun CoroutineScope.aRequestFromOutsideIsNoTimeout(trace: Trace) {
        for (after in 1L..2L) {
            val task =
                createTask {
                    lateinit var deadline: TimeoutScope
                    try {
                        timeout(2.seconds) {
                            deadline = this
                            nap(10)
                        }
                    } catch (ending: Exception) {
                        trace.add(ending, "expired", deadline.expired, "requests", requests())
                        throw ending
                    }
                }
            EventLoop.current().callLater(ofSeconds(after)) { task.cancel() }
            ended(task)
            trace.add("cancelled", task.isCancelled)
        }
    }

    @Twin("a_failure_in_the_block_is_no_timeout")
    suspend fun CoroutineScope.aFailureInTheBlockIsNoTimeout(trace: Trace) {
        try {
            timeout(1.seconds) { throw Boom() }
        } catch (failed: Boom) {
            trace.add(failed)
        }
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
            trace.add(failed, "expired", deadline.expired, "requests", requests())
        }
    }

    @Twin("a_block_that_goes_on_after_its_deadline_ends_normally")
    suspend fun CoroutineScope.aBlockThatGoesOnAfterItsDeadlineEndsNormally(trace: Trace) {
        val deadline =
            timeout(1.seconds) {
                try {
                    nap(10)
                } catch (caught: CancellationException) {
                    trace.add("caught", caught)
                }
                withContext(NonCancellable) { nap(2) }
                trace.add("goes on until", millis())
                this
            }
        trace.add("expired", deadline.expired, "requests", requests())
    }
}
