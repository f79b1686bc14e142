package io.jasyncio.conformance

import io.jasyncio.ExceptionGroup
import io.jasyncio.Task
import io.jasyncio.conformance.Children.failures
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.taskGroup
import io.jasyncio.coroutines.timeout
import kotlinx.coroutines.CoroutineScope
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** Task groups within each other and within timeouts, in Kotlin. */
internal class NestedgroupsKotlin {
    @Twin("a_group_in_a_group_fails_as_a_part_of_it")
    suspend fun CoroutineScope.aGroupInAGroupFailsAsAPartOfIt(trace: Trace) {
        var outerSibling: Task<*>? = null
        try {
            taskGroup {
                createTask {
                    taskGroup {
                        createTask { failAfter(1, "inner") }
                        createTask { sleeper(trace, "inner sibling") }
                    }
                }
                outerSibling = createTask { sleeper(trace, "outer sibling") }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("outer sibling", outerSibling?.isCancelled, "after", millis())
    }

    @Twin(
        "a_failure_of_the_outer_group_passes_through_the_inner_block",
        because = "the group cancels the job of its block, and asks nothing of the task around it",
        trace = ["inner child Cancelled at 1000", "inner Cancelled requests 0", "failed [outer]", "requests 0"],
    )
    suspend fun CoroutineScope.aFailureOfTheOuterGroupPassesThroughTheInnerBlock(trace: Trace) {
        try {
            taskGroup {
                createTask { failAfter(1, "outer") }
                try {
                    taskGroup {
                        createTask { sleeper(trace, "inner child") }
                    }
                } catch (thrown: Exception) {
                    trace.add("inner", thrown, "requests", requests())
                    throw thrown
                }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("requests", requests())
    }

    @Twin("nested_groups_that_fail_in_the_same_pass_leave_no_request_behind")
    suspend fun CoroutineScope.nestedGroupsThatFailInTheSamePassLeaveNoRequestBehind(trace: Trace) {
        try {
            taskGroup {
                createTask { failAfter(1, "outer") }
                taskGroup {
                    createTask { failAfter(1, "inner") }
                    sleep(10.seconds)
                }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("requests", requests())
        sleep(1.seconds)
        trace.add("slept")
    }

    @Twin("a_timeout_around_a_group_cancels_it")
    suspend fun CoroutineScope.aTimeoutAroundAGroupCancelsIt(trace: Trace) {
        for (bodyWaits in listOf(true, false)) {
            try {
                timeout(1.seconds) {
                    taskGroup {
                        createTask { sleeper(trace, "child") }
                        if (bodyWaits) sleep(10.seconds)
                    }
                }
            } catch (late: TimeoutException) {
                trace.add(late, "requests", requests(), "at", millis())
            }
        }
    }

    @Twin("a_failure_goes_before_the_timeout_around_the_group")
    suspend fun CoroutineScope.aFailureGoesBeforeTheTimeoutAroundTheGroup(trace: Trace) {
        try {
            timeout(1.seconds) {
                taskGroup {
                    createTask { failWhenCancelled() }
                }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("requests", requests())
        sleep(1.seconds)
        trace.add("slept")
    }

    @Twin("a_timeout_in_a_group_is_a_failure_like_any_other")
    suspend fun CoroutineScope.aTimeoutInAGroupIsAFailureLikeAnyOther(trace: Trace) {
        try {
            taskGroup {
                createTask { impatient() }
                createTask { sleeper(trace, "sibling") }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("in the child", failures(failed))
        }
        try {
            taskGroup {
                createTask { sleeper(trace, "child") }
                impatient()
            }
        } catch (failed: ExceptionGroup) {
            trace.add("in the body", failures(failed))
        }
        trace.add("requests", requests())
    }

    private suspend fun impatient() = timeout(1.seconds) { sleep(10.seconds) }
}
