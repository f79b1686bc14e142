package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.allTasks
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.milliseconds

/** S35, S38 in Kotlin. */
@NotHere(
    scenario = "an_eager_task_of_a_loop_that_does_not_run",
    because = "a Kotlin task is created by code that a loop runs",
)
internal class EagerKotlin {
    @Twin("an_eager_task_runs_up_to_its_first_wait")
    suspend fun CoroutineScope.anEagerTaskRunsUpToItsFirstWait(trace: Trace) {
        currentTask()?.name = "main"
        EventLoop.current().callSoon { trace.add("soon") }
        val task =
            createTask("eager", eagerStart = true) {
                trace.add("begins as", currentTask())
                sleep(ZERO)
                trace.add("goes on as", currentTask())
            }
        trace.add("main goes on as", currentTask(), task.isDone)
        task.await()
        trace.add("main")
    }

    @Twin("an_eager_task_that_does_not_wait_is_done")
    suspend fun CoroutineScope.anEagerTaskThatDoesNotWaitIsDone(trace: Trace) {
        val passes = Passes.start()
        val task = createTask(eagerStart = true) { "value" }
        trace.add("done", task.isDone, task.result(), "listed", task in allTasks())
        task.addDoneCallback { trace.add("callback") }
        trace.add(task.await(), "after", passes.stop())
        sleep(ZERO)
    }

    @Twin("an_eager_failure_does_not_reach_the_creator")
    suspend fun CoroutineScope.anEagerFailureDoesNotReachTheCreator(trace: Trace) {
        val failed = createTask(eagerStart = true) { throw Boom() }
        val cancelled = createTask(eagerStart = true) { throw CancellationException() }
        trace.add("done", failed.isDone, cancelled.isDone, cancelled.isCancelled)
        for (task in listOf(failed, cancelled)) {
            try {
                task.await()
            } catch (error: Boom) {
                trace.add(error)
            } catch (error: CancellationException) {
                trace.add(error)
            }
        }
    }

    @Twin("eager_tasks_nest")
    suspend fun CoroutineScope.eagerTasksNest(trace: Trace) {
        currentTask()?.name = "main"
        val task = createTask("outer", eagerStart = true) { outer(trace) }
        trace.add("main goes on as", currentTask())
        task.await()
        trace.add("main ends as", currentTask())
    }

    private suspend fun outer(trace: Trace) {
        trace.add("outer as", currentTask(), "listed", currentTask() in allTasks())
        val task = createTask("inner", eagerStart = true) { inner(trace) }
        trace.add("outer goes on as", currentTask())
        task.await()
        trace.add("outer ends as", currentTask())
    }

    private suspend fun inner(trace: Trace) {
        trace.add("inner as", currentTask(), "listed", currentTask() in allTasks())
        sleep(ZERO)
        trace.add("inner ends as", currentTask())
    }

    @Twin("an_eager_task_in_a_callback")
    suspend fun CoroutineScope.anEagerTaskInACallback(trace: Trace) {
        EventLoop.current().callSoon {
            trace.add("callback before", currentTask())
            createTask("eager", eagerStart = true) {
                trace.add("task", currentTask())
                sleep(ZERO)
                trace.add("task ends", currentTask())
            }
            trace.add("callback after", currentTask())
        }
        sleep(1.milliseconds)
        trace.add("main")
    }

    @Twin(
        value = "an_eager_task_that_cancels_itself",
        because = "by Kotlin's rule a wait in a cancelled Job does not suspend any more but throws at once",
        trace = ["goes on", "at the wait Cancelled", "main, done true", "main Cancelled true"],
    )
    suspend fun CoroutineScope.anEagerTaskThatCancelsItself(trace: Trace) {
        val task =
            createTask(eagerStart = true) {
                currentTask()?.cancel()
                trace.add("goes on")
                try {
                    sleep(ZERO)
                } catch (cancelled: CancellationException) {
                    trace.add("at the wait", cancelled)
                    throw cancelled
                }
            }
        trace.add("main, done", task.isDone)
        try {
            task.await()
        } catch (cancelled: CancellationException) {
            trace.add("main", cancelled, task.isCancelled)
        }
    }

    @Twin("eager_tasks_begin_before_others_that_were_created_earlier")
    suspend fun CoroutineScope.eagerTasksBeginBeforeOthersThatWereCreatedEarlier(trace: Trace) {
        suspend fun turns(name: String) =
            repeat(3) { turn ->
                trace.add(name, turn)
                sleep(ZERO)
            }

        val tasks = listOf(createTask { turns("a") }, createTask(eagerStart = true) { turns("eager") }, createTask { turns("b") })
        trace.add("main")
        tasks.forEach { it.await() }
    }
}
