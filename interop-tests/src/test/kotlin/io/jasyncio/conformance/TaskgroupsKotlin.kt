package io.jasyncio.conformance

import io.jasyncio.ExceptionGroup
import io.jasyncio.Task
import io.jasyncio.conformance.Children.failures
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.taskGroup
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.seconds

/** S64-S66 in Kotlin. */
internal class TaskgroupsKotlin {
    @Twin(
        "the_first_failure_cancels_the_siblings_and_the_body",
        because = "the group cancels the job of its block, and asks nothing of the task around it",
        trace = [
            "sibling Cancelled at 1000",
            "body Cancelled requests 0",
            "failed [first]",
            "after 1000 requests 0",
            "slept",
        ],
    )
    suspend fun CoroutineScope.theFirstFailureCancelsTheSiblingsAndTheBody(trace: Trace) {
        try {
            taskGroup {
                createTask { sleeper(trace, "sibling") }
                createTask { failAfter(1, "first") }
                try {
                    sleep(10.seconds)
                } catch (cancelled: CancellationException) {
                    trace.add("body", cancelled, "requests", requests())
                    throw cancelled
                }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("after", millis(), "requests", requests())
        sleep(1.seconds)
        trace.add("slept")
    }

    @Twin("failures_are_in_the_order_of_their_end_and_the_body_comes_last")
    suspend fun CoroutineScope.failuresAreInTheOrderOfTheirEndAndTheBodyComesLast(trace: Trace) {
        try {
            taskGroup {
                createTask { failInCleanup(2, "third") }
                createTask { failInCleanup(1, "second") }
                createTask { failAfter(1, "first") }
                failInCleanup(0, "body")
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("after", millis())
    }

    private suspend fun failInCleanup(
        seconds: Int,
        message: String,
    ) {
        try {
            sleep(10.seconds)
        } finally {
            sleepInCleanup(seconds)
            throw Boom(message)
        }
    }

    @Twin("failures_of_the_same_pass_are_all_there")
    suspend fun CoroutineScope.failuresOfTheSamePassAreAllThere(trace: Trace) {
        try {
            taskGroup {
                for (message in listOf("one", "two", "three")) {
                    createTask { throw Boom(message) }
                }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
    }

    @Twin("a_body_that_awaits_the_failing_child_is_cancelled")
    suspend fun CoroutineScope.aBodyThatAwaitsTheFailingChildIsCancelled(trace: Trace) {
        try {
            taskGroup {
                val child = createTask { failAfter(1, "child") }
                try {
                    child.await()
                } catch (thrown: Exception) {
                    trace.add("body", thrown)
                    throw thrown
                }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
    }

    @Twin(
        "a_body_that_catches_the_cancellation_still_leaves_with_the_failure",
        because = "a cancelled block stays cancelled: its next suspension throws again",
        trace = ["caught", "failed [child]", "requests 0"],
    )
    suspend fun CoroutineScope.aBodyThatCatchesTheCancellationStillLeavesWithTheFailure(trace: Trace) {
        try {
            taskGroup {
                createTask { failAfter(1, "child") }
                try {
                    sleep(10.seconds)
                } catch (_: CancellationException) {
                    trace.add("caught")
                }
                sleep(1.seconds)
                trace.add("body goes on", millis())
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("requests", requests())
    }

    @Twin("a_cancelled_child_is_no_failure")
    suspend fun CoroutineScope.aCancelledChildIsNoFailure(trace: Trace) {
        val tasks = mutableListOf<Task<*>>()
        taskGroup {
            val victim = createTask { sleeper(trace, "victim") }
            tasks += victim
            tasks += createTask { throw CancellationException() }
            tasks += createTask { sleeper(trace, "other", 2) }
            sleep(1.seconds)
            victim.cancel()
        }
        trace.add("cancelled", *tasks.map { it.isCancelled }.toTypedArray())
        trace.add("after", millis())
    }

    @Twin("a_failing_body_cancels_the_children_and_leaves_in_a_group")
    suspend fun CoroutineScope.aFailingBodyCancelsTheChildrenAndLeavesInAGroup(trace: Trace) {
        var late: Task<*>? = null
        try {
            taskGroup {
                createTask { sleeper(trace, "early") }
                sleep(1.seconds)
                late = createTask { sleeper(trace, "late") }
                throw Boom("body")
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("late", late?.isCancelled)
    }

    @Twin("a_body_that_ends_cancelled_by_itself_leaves_as_it_is")
    suspend fun CoroutineScope.aBodyThatEndsCancelledByItselfLeavesAsItIs(trace: Trace) {
        try {
            taskGroup {
                createTask { sleeper(trace, "child") }
                sleep(1.seconds)
                throw CancellationException("own")
            }
        } catch (cancelled: CancellationException) {
            trace.add(cancelled, cancelled.message, "requests", requests())
        }
    }
}
