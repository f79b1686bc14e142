package io.jasyncio.conformance

import io.jasyncio.ExceptionGroup
import io.jasyncio.Task
import io.jasyncio.conformance.Children.failures
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.taskGroup
import io.jasyncio.coroutines.wait
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds

/** S67 and S68 in Kotlin. */
internal class GroupcancelsKotlin {
    @Twin("cancelling_the_waiting_parent_cancels_the_children")
    suspend fun CoroutineScope.cancellingTheWaitingParentCancelsTheChildren(trace: Trace) {
        val task =
            createTask {
                try {
                    taskGroup {
                        createTask { slowToEnd(trace, 2) }
                    }
                } catch (cancelled: CancellationException) {
                    trace.add("parent", cancelled, cancelled.message, "requests", requests())
                    throw cancelled
                }
            }
        sleep(1.seconds)
        task.cancel("enough")
        wait(listOf(task))
        trace.add("cancelled", task.isCancelled, "after", millis())
    }

    private suspend fun slowToEnd(
        trace: Trace,
        seconds: Int,
    ) {
        try {
            sleep(10.seconds)
        } finally {
            sleepInCleanup(seconds)
            trace.add("cleaned up", millis())
        }
    }

    @Twin("cancelling_the_parent_in_the_body_cancels_the_children")
    suspend fun CoroutineScope.cancellingTheParentInTheBodyCancelsTheChildren(trace: Trace) {
        val task =
            createTask {
                taskGroup {
                    createTask { sleeper(trace, "child") }
                    try {
                        sleep(10.seconds)
                    } finally {
                        trace.add("body ends")
                        sleepInCleanup(1)
                        trace.add("body has ended")
                    }
                }
            }
        sleep(1.seconds)
        task.cancel()
        wait(listOf(task))
        trace.add("cancelled", task.isCancelled, "after", millis())
    }

    @Twin("a_failure_goes_before_a_cancellation_from_outside_which_is_felt_later")
    suspend fun CoroutineScope.aFailureGoesBeforeACancellationFromOutsideWhichIsFeltLater(trace: Trace) {
        val task =
            createTask {
                try {
                    taskGroup {
                        createTask { failWhenCancelled() }
                    }
                } catch (failed: ExceptionGroup) {
                    trace.add("failed", failures(failed))
                }
                trace.add("requests", requests())
                try {
                    sleep(1.seconds)
                } catch (cancelled: CancellationException) {
                    trace.add("next await", cancelled)
                    throw cancelled
                }
            }
        sleep(1.seconds)
        task.cancel()
        wait(listOf(task))
        trace.add("cancelled", task.isCancelled)
    }

    @Twin("a_second_cancellation_does_not_leave_the_children_behind")
    suspend fun CoroutineScope.aSecondCancellationDoesNotLeaveTheChildrenBehind(trace: Trace) {
        val task =
            createTask {
                try {
                    taskGroup {
                        createTask { slowToEnd(trace, 3) }
                    }
                } finally {
                    trace.add("parent ends", millis(), "requests", requests())
                }
            }
        repeat(3) {
            sleep(1.seconds)
            trace.add("accepted", task.cancel())
        }
        wait(listOf(task))
        trace.add("cancelled", task.isCancelled)
    }

    @Twin(
        "a_cancellation_before_the_first_await_reaches_the_wait",
        because = "a block that is cancelled ends so even without a suspension, before the child has begun",
        trace = ["parent Cancelled early child true", "cancelled true"],
    )
    suspend fun CoroutineScope.aCancellationBeforeTheFirstAwaitReachesTheWait(trace: Trace) {
        val task =
            createTask {
                val children = mutableListOf<Task<*>>()
                try {
                    taskGroup {
                        children += createTask { sleeper(trace, "child") }
                        currentTask()?.cancel("early")
                    }
                } catch (cancelled: CancellationException) {
                    trace.add("parent", cancelled, cancelled.message, "child", children[0].isCancelled)
                    throw cancelled
                }
            }
        wait(listOf(task))
        trace.add("cancelled", task.isCancelled)
    }

    @Twin(
        "a_group_in_a_task_that_is_being_cancelled_works",
        because = "the job of the task stays cancelled, with or without a failure of the group",
        trace = [
            "cleanup slept",
            "requests 1",
            "next await Cancelled",
            "failed [cleanup]",
            "requests 1",
            "next await Cancelled",
        ],
    )
    suspend fun CoroutineScope.aGroupInATaskThatIsBeingCancelledWorks(trace: Trace) {
        for (groupFails in listOf(false, true)) {
            val task =
                createTask {
                    try {
                        sleep(10.seconds)
                    } catch (_: CancellationException) {
                        withContext(NonCancellable) { cleanUp(trace, groupFails) }
                    }
                    try {
                        sleep(1.seconds)
                        trace.add("slept")
                    } catch (cancelled: CancellationException) {
                        trace.add("next await", cancelled)
                    }
                }
            sleep(1.seconds)
            task.cancel()
            wait(listOf(task))
        }
    }

    private suspend fun cleanUp(
        trace: Trace,
        groupFails: Boolean,
    ) {
        try {
            taskGroup {
                createTask { if (groupFails) failAfter(1, "cleanup") else sleeper(trace, "cleanup", 1) }
            }
        } catch (failed: ExceptionGroup) {
            trace.add("failed", failures(failed))
        }
        trace.add("requests", requests())
    }
}

internal suspend fun failWhenCancelled() {
    try {
        sleep(10.seconds)
    } catch (_: CancellationException) {
        throw Boom("cleanup")
    }
}
