package io.jasyncio.conformance

import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.join
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope

/** S92 in Kotlin: reporting work done, and waiting for all of it. */
internal class QueuejoinsKotlin {
    @Twin("a_queue_without_work_is_joined_at_once")
    suspend fun CoroutineScope.aQueueWithoutWorkIsJoinedAtOnce(trace: Trace) {
        val queue = AsyncQueue<String>()
        val passes = Passes.start()
        queue.join()
        trace.add("passes", passes.count())
        queue.putNowait("item")
        queue.getNowait()
        queue.taskDone()
        queue.join()
        trace.add("passes", passes.stop())
    }

    @Twin("a_join_waits_for_the_last_report")
    suspend fun CoroutineScope.aJoinWaitsForTheLastReport(trace: Trace) {
        val queue = AsyncQueue<Int>()
        queue.putNowait(1)
        queue.putNowait(2)
        val task = createTask { joiner(trace, "joiner", queue) }
        repeat(2) {
            nap(1)
            queue.getNowait()
        }
        trace.add("empty", queue.isEmpty, "waits on", !task.isDone)
        repeat(2) {
            nap(1)
            trace.add("waits on", !task.isDone)
            queue.taskDone()
        }
        task.await()
    }

    @Twin("a_report_too_many_is_refused")
    suspend fun CoroutineScope.aReportTooManyIsRefused(trace: Trace) {
        val queue = AsyncQueue<String>()
        QueueTasks.oneDoneTooMany(trace, queue)
        queue.putNowait("item")
        queue.getNowait()
        queue.taskDone()
        QueueTasks.oneDoneTooMany(trace, queue)
        queue.putNowait("item")
        QueueTasks.callAt(1) { queue.taskDone() }
        queue.join()
        trace.add("joined at", millis())
    }

    @Twin("work_may_be_reported_before_it_is_got")
    suspend fun CoroutineScope.workMayBeReportedBeforeItIsGot(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        queue.taskDone()
        queue.join()
        trace.add("joined", "size", queue.size())
    }

    @Twin("joiners_go_on_in_the_order_they_came")
    suspend fun CoroutineScope.joinersGoOnInTheOrderTheyCame(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        val tasks = joiners(trace, queue, "A", "B", "C")
        nap(1)
        queue.taskDone()
        ended(tasks)
    }

    @Twin("a_join_goes_on_one_pass_after_the_last_report")
    suspend fun CoroutineScope.aJoinGoesOnOnePassAfterTheLastReport(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        lateinit var passes: Passes
        val task =
            createTask {
                queue.join()
                trace.add("passes", passes.stop())
            }
        nap(1)
        passes = Passes.start()
        queue.taskDone()
        task.await()
    }

    @Twin("work_that_comes_while_a_join_waits_prolongs_it")
    suspend fun CoroutineScope.workThatComesWhileAJoinWaitsProlongsIt(trace: Trace) {
        val queue = AsyncQueue<Int>()
        queue.putNowait(1)
        val task = createTask { joiner(trace, "joiner", queue) }
        nap(1)
        queue.putNowait(2)
        queue.taskDone()
        nap(1)
        trace.add("waits on", !task.isDone)
        queue.taskDone()
        task.await()
    }

    @Twin("work_that_comes_just_after_the_last_report_does_not_hold_the_join")
    suspend fun CoroutineScope.workThatComesJustAfterTheLastReportDoesNotHoldTheJoin(trace: Trace) {
        val queue = AsyncQueue<Int>()
        queue.putNowait(1)
        val first = createTask { joiner(trace, "first", queue) }
        nap(1)
        queue.taskDone()
        queue.putNowait(2)
        val second = createTask { joiner(trace, "second", queue) }
        nap(1)
        trace.add("waits on", !second.isDone)
        queue.taskDone()
        ended(listOf(first, second))
    }

    @Twin("a_cancelled_join_leaves_the_others")
    suspend fun CoroutineScope.aCancelledJoinLeavesTheOthers(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        val tasks = joiners(trace, queue, "A", "B")
        nap(1)
        tasks.first().cancel()
        nap(1)
        trace.add("waits on", !tasks.last().isDone)
        queue.taskDone()
        ended(tasks)
    }

    @Twin("a_request_wins_over_the_last_report_of_the_same_pass")
    suspend fun CoroutineScope.aRequestWinsOverTheLastReportOfTheSamePass(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        val tasks = joiners(trace, queue, "A", "B")
        nap(1)
        queue.taskDone()
        tasks.first().cancel()
        ended(tasks)
        trace.add("cancelled", tasks.first().isCancelled, tasks.last().isCancelled)
    }

    @Twin("workers_are_cancelled_when_all_work_is_done")
    suspend fun CoroutineScope.workersAreCancelledWhenAllWorkIsDone(trace: Trace) {
        val queue = AsyncQueue<Int>()
        listOf(1, 3, 4).forEach(queue::putNowait)
        val workers = listOf("A", "B").map { createTask { worker(trace, it, queue) } }
        queue.join()
        trace.add("all done at", millis())
        workers.forEach { it.cancel() }
        ended(workers)
    }

    private suspend fun worker(
        trace: Trace,
        name: String,
        queue: AsyncQueue<Int>,
    ) {
        try {
            while (true) {
                val seconds = queue.get()
                nap(seconds)
                trace.add(name, "has slept", seconds, "at", millis())
                queue.taskDone()
            }
        } catch (cancelled: CancellationException) {
            trace.add(name, cancelled, "at", millis())
            throw cancelled
        }
    }
}
