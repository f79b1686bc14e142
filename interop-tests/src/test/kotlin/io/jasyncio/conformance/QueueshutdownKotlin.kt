package io.jasyncio.conformance

import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CoroutineScope

/** S93 and S94 in Kotlin: shutting down, plainly and at once, and who is woken by it. */
internal class QueueshutdownKotlin {
    @Twin("a_queue_that_is_shut_down_takes_nothing")
    suspend fun CoroutineScope.aQueueThatIsShutDownTakesNothing(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.shutdown()
        putter(trace, "putter", queue, "item")
        QueueTasks.tryPut(trace, queue, "item")
        trace.add("size", queue.size())
    }

    @Twin("a_full_queue_that_is_shut_down_takes_nothing_either")
    suspend fun CoroutineScope.aFullQueueThatIsShutDownTakesNothingEither(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        queue.shutdown()
        putter(trace, "putter", queue, "item")
        QueueTasks.tryPut(trace, queue, "item")
        trace.add("size", queue.size())
    }

    @Twin("what_is_left_can_be_got_after_a_shutdown")
    suspend fun CoroutineScope.whatIsLeftCanBeGotAfterAShutdown(trace: Trace) {
        val queue = AsyncQueue<Int>()
        listOf(1, 2, 3).forEach(queue::putNowait)
        queue.shutdown()
        getter(trace, "getter", queue)
        QueueTasks.tryGet(trace, queue)
        getter(trace, "getter", queue)
        getter(trace, "getter", queue)
        QueueTasks.tryGet(trace, queue)
    }

    @Twin("a_shutdown_wakes_all_getters")
    suspend fun CoroutineScope.aShutdownWakesAllGetters(trace: Trace) {
        val queue = AsyncQueue<String>()
        val tasks = getters(trace, queue, "A", "B", "C")
        nap(1)
        queue.shutdown()
        ended(tasks)
    }

    @Twin("a_shutdown_wakes_all_putters")
    suspend fun CoroutineScope.aShutdownWakesAllPutters(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val tasks = putters(trace, queue, "A", "B")
        nap(1)
        queue.shutdown()
        ended(tasks)
        QueueTasks.tryGet(trace, queue)
        QueueTasks.tryGet(trace, queue)
    }

    @Twin("a_shutdown_at_once_drops_the_items")
    suspend fun CoroutineScope.aShutdownAtOnceDropsTheItems(trace: Trace) {
        val queue = AsyncQueue<Int>()
        queue.putNowait(1)
        queue.putNowait(2)
        queue.shutdown(true)
        trace.add("size", queue.size(), "empty", queue.isEmpty)
        getter(trace, "getter", queue)
        QueueTasks.tryGet(trace, queue)
        QueueTasks.tryPut(trace, queue, 3)
    }

    @Twin("a_shutdown_at_once_wakes_all_putters")
    suspend fun CoroutineScope.aShutdownAtOnceWakesAllPutters(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val tasks = putters(trace, queue, "A", "B")
        nap(1)
        queue.shutdown(true)
        ended(tasks)
        trace.add("size", queue.size())
    }

    @Twin("a_second_shutdown_changes_nothing")
    suspend fun CoroutineScope.aSecondShutdownChangesNothing(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        queue.shutdown()
        queue.shutdown()
        QueueTasks.tryGet(trace, queue)
        queue.shutdown()
        QueueTasks.tryGet(trace, queue)
    }

    @Twin("a_shutdown_can_become_one_at_once")
    suspend fun CoroutineScope.aShutdownCanBecomeOneAtOnce(trace: Trace) {
        val queue = AsyncQueue<Int>()
        queue.putNowait(1)
        queue.putNowait(2)
        queue.shutdown()
        QueueTasks.tryGet(trace, queue)
        queue.shutdown(true)
        QueueTasks.tryGet(trace, queue)
    }
}
