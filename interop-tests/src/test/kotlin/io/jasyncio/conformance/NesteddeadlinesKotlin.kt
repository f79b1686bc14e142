package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.TimeoutScope
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.timeoutAt
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S56 in Kotlin. */
internal class NesteddeadlinesKotlin {
    @Twin("an_inner_deadline_leaves_the_outer_block_going")
    suspend fun CoroutineScope.anInnerDeadlineLeavesTheOuterBlockGoing(trace: Trace) {
        lateinit var inner: TimeoutScope
        val outer =
            timeout(5.seconds) {
                try {
                    timeout(1.seconds) {
                        inner = this
                        nap(10)
                    }
                } catch (late: TimeoutException) {
                    trace.add(late, "at", millis())
                }
                nap(1)
                trace.add("goes on until", millis())
                this
            }
        trace.add("expired outer", outer.expired, "inner", inner.expired)
    }

    @Twin(
        value = "an_outer_deadline_passes_through_the_inner_block",
        because = "the deadline cancels the block's own Job and not the task, so it is no request to the task",
        trace = ["inner Cancelled requests 0", "outer Timeout requests 0 at 1000", "expired outer true inner false"],
    )
    suspend fun CoroutineScope.anOuterDeadlinePassesThroughTheInnerBlock(trace: Trace) {
        nested(trace, 1, 5)
    }

    @Twin(
        value = "of_two_deadlines_at_once_the_outer_one_leaves",
        because = "the deadline cancels the block's own Job and not the task, so it is no request to the task",
        trace = ["inner Cancelled requests 0", "outer Timeout requests 0 at 1000", "expired outer true inner true"],
    )
    suspend fun CoroutineScope.ofTwoDeadlinesAtOnceTheOuterOneLeaves(trace: Trace) {
        nested(trace, 1, 1)
    }

    private suspend fun nested(
        trace: Trace,
        outerSeconds: Int,
        innerSeconds: Int,
    ) {
        val now = EventLoop.current().time()
        lateinit var outer: TimeoutScope
        lateinit var inner: TimeoutScope
        try {
            timeoutAt(now + outerSeconds * 1_000_000_000L) {
                outer = this
                try {
                    timeoutAt(now + innerSeconds * 1_000_000_000L) {
                        inner = this
                        nap(10)
                    }
                } catch (cancelled: CancellationException) {
                    trace.add("inner", cancelled, "requests", requests())
                    throw cancelled
                }
            }
        } catch (late: TimeoutException) {
            trace.add("outer", late, "requests", requests(), "at", millis())
        }
        trace.add("expired outer", outer.expired, "inner", inner.expired)
    }

    @Twin(
        value = "an_outer_deadline_during_the_cleanup_of_the_inner_block_leaves",
        because = "cleanup that waits has to be NonCancellable, and then nothing breaks it off",
        trace = ["cleanup 1000", "Timeout requests 0 at 11000", "expired outer true inner true"],
    )
    suspend fun CoroutineScope.anOuterDeadlineDuringTheCleanupOfTheInnerBlockLeaves(trace: Trace) {
        lateinit var outer: TimeoutScope
        lateinit var inner: TimeoutScope
        try {
            timeout(2.seconds) {
                outer = this
                timeout(1.seconds) {
                    inner = this
                    try {
                        nap(10)
                    } finally {
                        trace.add("cleanup", millis())
                        sleepInCleanup(10)
                    }
                }
            }
        } catch (late: TimeoutException) {
            trace.add(late, "requests", requests(), "at", millis())
        }
        trace.add("expired outer", outer.expired, "inner", inner.expired)
    }
}
