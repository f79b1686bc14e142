package io.jasyncio.conformance

import io.jasyncio.coroutines.createTask
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CoroutineScope

/** S44, S51, S90, S91 and S96 in Kotlin: what a woken task finds when it runs at last. */
internal class QueueracesKotlin {
    @Twin("a_woken_getter_can_be_robbed")
    suspend fun CoroutineScope.aWokenGetterCanBeRobbed(trace: Trace) {
        val queue = AsyncQueue<String>()
        val task = createTask { getter(trace, "getter", queue) }
        nap(1)
        queue.putNowait("first")
        trace.add("robber got", queue.getNowait())
        nap(1)
        trace.add("waits on", !task.isDone)
        queue.putNowait("second")
        ended(task)
    }

    @Twin("a_robbed_getter_goes_to_the_end_of_the_line")
    suspend fun CoroutineScope.aRobbedGetterGoesToTheEndOfTheLine(trace: Trace) {
        val queue = AsyncQueue<String>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        queue.putNowait("stolen")
        queue.getNowait()
        nap(1)
        queue.putNowait("second")
        nap(1)
        queue.putNowait("third")
        ended(tasks)
    }

    @Twin("a_woken_getter_is_robbed_by_a_task_that_runs_earlier")
    suspend fun CoroutineScope.aWokenGetterIsRobbedByATaskThatRunsEarlier(trace: Trace) {
        val queue = AsyncQueue<String>()
        val early = createTask { getter(trace, "early", queue) }
        nap(1)
        val late = createTask { getter(trace, "late", queue) }
        queue.putNowait("first")
        nap(1)
        queue.putNowait("second")
        ended(listOf(early, late))
    }

    @Twin("a_task_that_runs_after_the_woken_getter_finds_nothing")
    suspend fun CoroutineScope.aTaskThatRunsAfterTheWokenGetterFindsNothing(trace: Trace) {
        val queue = AsyncQueue<String>()
        val early = createTask { getter(trace, "early", queue) }
        nap(1)
        queue.putNowait("first")
        val late = createTask { getter(trace, "late", queue) }
        nap(1)
        queue.putNowait("second")
        ended(listOf(early, late))
    }

    @Twin("a_robbed_putter_goes_to_the_end_of_the_line")
    suspend fun CoroutineScope.aRobbedPutterGoesToTheEndOfTheLine(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val tasks = putters(trace, queue, "A", "B")
        nap(1)
        queue.getNowait()
        queue.putNowait("item of the robber")
        repeat(3) {
            nap(1)
            trace.add("got", queue.getNowait())
        }
        ended(tasks)
    }

    @Twin("a_robbed_getter_that_is_cancelled_wakes_nobody")
    suspend fun CoroutineScope.aRobbedGetterThatIsCancelledWakesNobody(trace: Trace) {
        val queue = AsyncQueue<String>()
        val (first, second) = getters(trace, queue, "A", "B")
        nap(1)
        queue.putNowait("stolen")
        queue.getNowait()
        first.cancel()
        nap(1)
        trace.add("waits on", !second.isDone)
        queue.putNowait("item")
        ended(listOf(first, second))
    }

    @Twin("an_item_that_nobody_takes_stays_where_it_was")
    suspend fun CoroutineScope.anItemThatNobodyTakesStaysWhereItWas(trace: Trace) {
        val queue = AsyncQueue<String>()
        val task = createTask { getter(trace, "getter", queue) }
        nap(1)
        queue.putNowait("first")
        queue.putNowait("second")
        task.cancel()
        ended(task)
        trace.add(listOf(queue.getNowait(), queue.getNowait()), "left", queue.size())
    }

    @Twin(
        value = "a_request_taken_back_leaves_the_item_to_the_getter",
        because = "a request cancels the Job, and taking it back does not revive that; the item stays in the queue",
        trace = ["getter Cancelled", "left 1"],
    )
    suspend fun CoroutineScope.aRequestTakenBackHasCancelledTheJob(trace: Trace) {
        val queue = AsyncQueue<String>()
        val task = createTask { getter(trace, "getter", queue) }
        nap(1)
        queue.putNowait("item")
        task.cancel()
        task.uncancel()
        ended(task)
        trace.add("left", queue.size())
    }
}
