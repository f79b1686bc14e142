package io.jasyncio.conformance

import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.currentTask
import io.jasyncio.coroutines.wait
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope

/** S42 and S46-S48 in Kotlin. */
internal class CanceloriginsKotlin {
    private suspend fun sleeper(
        trace: Trace,
        name: String,
    ) {
        try {
            nap(10)
            trace.add(name, "slept")
        } catch (cancelled: CancellationException) {
            trace.add(name, cancelled, cancelled.message)
            throw cancelled
        }
    }

    /** The message of the cancellation that an await ends with. */
    private suspend fun cancelledMessage(task: Task<*>): String? =
        try {
            throw AssertionError("not cancelled: ${task.await()}")
        } catch (cancelled: CancellationException) {
            cancelled.message
        }

    @Twin("a_task_whose_future_is_cancelled_by_another_ends_cancelled")
    suspend fun CoroutineScope.aTaskWhoseFutureIsCancelledByAnotherEndsCancelled(trace: Trace) {
        val future = createFuture<Unit>()
        val task =
            createTask {
                try {
                    future.await()
                } catch (cancelled: CancellationException) {
                    trace.add(cancelled, "requests", requests())
                    throw cancelled
                }
            }
        nap(1)
        trace.add("accepted", future.cancel())
        ended(task)
        trace.add("cancelled", task.isCancelled)
    }

    @Twin("all_who_await_a_cancelled_future_are_told")
    suspend fun CoroutineScope.allWhoAwaitACancelledFutureAreTold(trace: Trace) {
        val future = createFuture<Unit>()
        val tasks = listOf("one", "two", "three").map { createTask { waiter(trace, it, future) } }
        nap(1)
        future.cancel()
        wait(tasks)
        trace.add("cancelled", tasks.map { it.isCancelled })
    }

    @Twin("the_first_message_reaches_a_task_that_waits")
    suspend fun CoroutineScope.theFirstMessageReachesATaskThatWaits(trace: Trace) {
        val task = createTask { sleeper(trace, "task") }
        nap(1)
        task.cancel("first")
        task.cancel("second")
        trace.add(cancelledMessage(task))
    }

    @Twin(
        value = "the_last_message_reaches_a_task_that_has_not_started",
        because = "the first request cancels the Job, and its cause is kept",
        trace = ["first"],
    )
    suspend fun CoroutineScope.theFirstMessageReachesATaskThatHasNotStarted(trace: Trace) {
        val task = createTask { sleeper(trace, "task") }
        task.cancel("first")
        task.cancel("second")
        trace.add(cancelledMessage(task))
    }

    @Twin("the_message_climbs_a_chain_of_tasks")
    suspend fun CoroutineScope.theMessageClimbsAChainOfTasks(trace: Trace) {
        val inner = createTask { sleeper(trace, "inner") }
        val middle = createTask { link(trace, "middle", inner) }
        val chain = createTask { link(trace, "outer", middle) }
        nap(1)
        chain.cancel("enough")
        trace.add(cancelledMessage(chain))
    }

    private suspend fun link(
        trace: Trace,
        name: String,
        inner: Task<*>,
    ) {
        try {
            inner.await()
        } catch (cancelled: CancellationException) {
            trace.add(name, cancelled.message)
            throw cancelled
        }
    }

    @Twin("a_cancellation_without_a_message_has_none")
    suspend fun CoroutineScope.aCancellationWithoutAMessageHasNone(trace: Trace) {
        val task = createTask { sleeper(trace, "task") }
        nap(1)
        task.cancel()
        trace.add(cancelledMessage(task))
    }

    @Twin("a_request_from_a_done_callback_reaches_a_task_that_still_waits")
    suspend fun CoroutineScope.aRequestFromADoneCallbackReachesATaskThatStillWaits(trace: Trace) {
        val future = createFuture<Unit>()
        val other = createTask { sleeper(trace, "other") }
        future.addDoneCallback { other.cancel("from a callback") }
        nap(1)
        future.complete(Unit)
        ended(other)
        trace.add("cancelled", other.isCancelled, "at", millis())
    }

    @Twin("a_task_may_cancel_the_one_that_awaits_it")
    suspend fun CoroutineScope.aTaskMayCancelTheOneThatAwaitsIt(trace: Trace) {
        val task =
            createTask {
                val parent = currentTask()
                val child =
                    createTask {
                        trace.add("accepted", parent?.cancel())
                        try {
                            nap(1)
                        } catch (cancelled: CancellationException) {
                            trace.add("child", cancelled, "requests", requests())
                            throw cancelled
                        }
                    }
                child.await()
            }
        ended(task)
        trace.add("cancelled", task.isCancelled, "at", millis())
    }

    @Twin("results_and_exceptions_of_a_cancelled_task_cannot_be_read")
    suspend fun CoroutineScope.resultsAndExceptionsOfACancelledTaskCannotBeRead(trace: Trace) {
        val task = createTask { sleeper(trace, "task") }
        nap(1)
        task.cancel()
        ended(task)
        for (question in listOf<() -> Any?>({ task.result() }, { task.exception() })) {
            try {
                question()
            } catch (cancelled: CancellationException) {
                trace.add(cancelled)
            }
        }
    }
}
