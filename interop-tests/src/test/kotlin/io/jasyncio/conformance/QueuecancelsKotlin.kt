package io.jasyncio.conformance

import io.jasyncio.coroutines.createTask
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CoroutineScope

/** S44, S91 and S96 in Kotlin: getters and putters that are cancelled. */
internal class QueuecancelsKotlin {
    @Twin("a_cancelled_getter_leaves_the_line")
    suspend fun CoroutineScope.aCancelledGetterLeavesTheLine(trace: Trace) {
        val queue = AsyncQueue<String>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        tasks.first().cancel()
        nap(1)
        queue.putNowait("item")
        ended(tasks)
        trace.add("left", queue.size())
    }

    @Twin("an_item_passes_by_a_getter_that_is_being_cancelled")
    suspend fun CoroutineScope.anItemPassesByAGetterThatIsBeingCancelled(trace: Trace) {
        val queue = AsyncQueue<String>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        tasks.first().cancel()
        queue.putNowait("item")
        ended(tasks)
        trace.add("left", queue.size())
    }

    @Twin("a_woken_getter_that_is_cancelled_wakes_the_next")
    suspend fun CoroutineScope.aWokenGetterThatIsCancelledWakesTheNext(trace: Trace) {
        val queue = AsyncQueue<String>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        queue.putNowait("item")
        tasks.first().cancel()
        ended(tasks)
        trace.add("left", queue.size())
    }

    @Twin("of_two_woken_getters_the_living_one_gets_the_first_item")
    suspend fun CoroutineScope.ofTwoWokenGettersTheLivingOneGetsTheFirstItem(trace: Trace) {
        val queue = AsyncQueue<Int>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        queue.putNowait(1)
        queue.putNowait(2)
        tasks.first().cancel()
        ended(tasks)
        trace.add("left", queue.getNowait())
    }

    @Twin("a_wakeup_that_nobody_can_take_is_kept_for_the_next_to_come")
    suspend fun CoroutineScope.aWakeupThatNobodyCanTakeIsKeptForTheNextToCome(trace: Trace) {
        val queue = AsyncQueue<String>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        queue.putNowait("item")
        tasks.forEach { it.cancel() }
        ended(tasks)
        trace.add("left", queue.size())
        getter(trace, "C", queue)
    }

    @Twin("a_woken_putter_that_is_cancelled_wakes_the_next")
    suspend fun CoroutineScope.aWokenPutterThatIsCancelledWakesTheNext(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val tasks = putters(trace, queue, "A", "B")
        nap(1)
        queue.getNowait()
        tasks.first().cancel()
        ended(tasks)
        trace.add("in the queue", queue.getNowait(), "left", queue.size())
    }

    @Twin("a_cancelled_putter_leaves_the_line")
    suspend fun CoroutineScope.aCancelledPutterLeavesTheLine(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val tasks = putters(trace, queue, "A", "B")
        nap(1)
        tasks.first().cancel()
        nap(1)
        queue.getNowait()
        ended(tasks)
        trace.add("in the queue", queue.getNowait(), "left", queue.size())
    }

    @Twin("room_that_nobody_takes_is_there_for_all")
    suspend fun CoroutineScope.roomThatNobodyTakesIsThereForAll(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val task = createTask { putter(trace, "putter", queue, "item") }
        nap(1)
        queue.getNowait()
        task.cancel()
        ended(task)
        trace.add("full", queue.isFull)
        queue.putNowait("item of another")
        trace.add("in the queue", queue.getNowait(), "left", queue.size())
    }
}
