package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.allTasks
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** S36-S38 in Kotlin. */
internal class TaskstatesKotlin {
    @Twin("a_task_has_a_name")
    suspend fun CoroutineScope.aTaskHasAName(trace: Trace) {
        val named = createTask("given") {}
        val one = createTask {}
        val two = createTask {}
        trace.add(named, one.name == two.name, one.name.startsWith("Task-"))
        named.await()
        named.name = "changed"
        trace.add(named)
    }

    @Twin("a_task_cannot_be_completed_from_outside")
    suspend fun CoroutineScope.aTaskCannotBeCompletedFromOutside(trace: Trace) {
        val task =
            createTask {
                sleep(1.milliseconds)
                "from the body"
            }
        try {
            task.complete("from outside")
        } catch (refused: UnsupportedOperationException) {
            trace.add("result", refused, task.isDone)
        }
        try {
            task.completeExceptionally(Boom())
        } catch (refused: UnsupportedOperationException) {
            trace.add("failure", refused, task.isDone)
        }
        trace.add(task.await())
    }

    @Twin("a_failure_that_is_no_exception_is_stored_too")
    suspend fun CoroutineScope.aFailureThatIsNoExceptionIsStoredToo(trace: Trace) {
        val task =
            createTask {
                try {
                    throw Fatal()
                } catch (error: Exception) {
                    trace.add("caught", error)
                }
            }
        try {
            task.await()
        } catch (error: Throwable) {
            trace.add(error, error === task.exception(), task.isCancelled)
        }
    }

    @Twin("all_tasks_are_those_that_have_not_ended")
    suspend fun CoroutineScope.allTasksAreThoseThatHaveNotEnded(trace: Trace) {
        fun names() = allTasks().map(Task<*>::getName).sorted()

        currentTask()?.name = "main"
        trace.add("at first", names())
        val ending =
            createTask("ending") {
                trace.add("in the task", names())
                sleep(10.milliseconds)
            }
        trace.add("created", names())
        sleep(ZERO)
        trace.add("sleeping", names())
        ending.await()
        trace.add("ended", names())
        val cancelled = createTask("cancelled") { sleep(1.seconds) }
        sleep(ZERO)
        cancelled.cancel()
        trace.add("being cancelled", names())
        sleep(ZERO)
        trace.add("after a pass", names())
        EventLoop.current().callSoon { trace.add("in a callback", names()) }
        sleep(ZERO)
    }
}
