package io.jasyncio.conformance

import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.put
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CoroutineScope

/** S90 in Kotlin: order, waiting and sizes. */
internal class QueuesKotlin {
    @Twin("items_leave_in_the_order_they_came")
    suspend fun CoroutineScope.itemsLeaveInTheOrderTheyCame(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.put("first")
        queue.putNowait("second")
        queue.put("third")
        trace.add(listOf(queue.getNowait(), queue.get(), queue.getNowait()))
    }

    @Twin("what_can_be_done_at_once_does_not_suspend")
    suspend fun CoroutineScope.whatCanBeDoneAtOnceDoesNotSuspend(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        val passes = Passes.start()
        queue.put("item")
        trace.add(queue.get(), "passes", passes.stop())
    }

    @Twin("a_getter_waits_for_an_item")
    suspend fun CoroutineScope.aGetterWaitsForAnItem(trace: Trace) {
        val queue = AsyncQueue<String>()
        val task = createTask { getter(trace, "getter", queue) }
        nap(2)
        queue.put("item")
        task.await()
        trace.add("at", millis(), "left", queue.size())
    }

    @Twin("a_putter_waits_for_room")
    suspend fun CoroutineScope.aPutterWaitsForRoom(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("first")
        val task = createTask { putter(trace, "putter", queue, "second") }
        nap(2)
        trace.add("size", queue.size())
        trace.add("got", queue.get(), "size", queue.size())
        task.await()
        trace.add("at", millis(), "got", queue.get())
    }

    @Twin("getters_are_served_in_the_order_they_came")
    suspend fun CoroutineScope.gettersAreServedInTheOrderTheyCame(trace: Trace) {
        val queue = AsyncQueue<Int>()
        val tasks = getters(trace, queue, "A", "B", "C")
        nap(1)
        listOf(1, 2, 3).forEach(queue::putNowait)
        ended(tasks)
    }

    @Twin("putters_are_served_in_the_order_they_came")
    suspend fun CoroutineScope.puttersAreServedInTheOrderTheyCame(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val tasks = putters(trace, queue, "A", "B", "C")
        repeat(4) {
            nap(1)
            trace.add("got", queue.getNowait())
        }
        ended(tasks)
    }

    @Twin("an_item_takes_one_pass_to_a_waiting_getter")
    suspend fun CoroutineScope.anItemTakesOnePassToAWaitingGetter(trace: Trace) {
        val queue = AsyncQueue<String>()
        lateinit var passes: Passes
        val task =
            createTask {
                queue.get()
                trace.add("passes", passes.stop())
            }
        nap(1)
        passes = Passes.start()
        queue.putNowait("item")
        task.await()
    }

    @Twin("room_takes_one_pass_to_a_waiting_putter")
    suspend fun CoroutineScope.roomTakesOnePassToAWaitingPutter(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("first")
        lateinit var passes: Passes
        val task =
            createTask {
                queue.put("second")
                trace.add("passes", passes.stop())
            }
        nap(1)
        passes = Passes.start()
        queue.getNowait()
        task.await()
    }

    @Twin("nothing_to_get_is_said_at_once")
    suspend fun CoroutineScope.nothingToGetIsSaidAtOnce(trace: Trace) {
        val queue = AsyncQueue<String>()
        QueueTasks.tryGet(trace, queue)
        queue.putNowait("item")
        trace.add(queue.getNowait())
    }

    @Twin("no_room_is_said_at_once")
    suspend fun CoroutineScope.noRoomIsSaidAtOnce(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("first")
        QueueTasks.tryPut(trace, queue, "second")
        trace.add(queue.getNowait(), "left", queue.size())
    }

    @Twin("a_queue_knows_its_size")
    suspend fun CoroutineScope.aQueueKnowsItsSize(trace: Trace) {
        for (limit in listOf(0, 2)) {
            val queue = AsyncQueue<String>(limit)
            QueuesDirect.showSize(trace, queue)
            queue.putNowait("first")
            queue.putNowait("second")
            QueuesDirect.showSize(trace, queue)
        }
    }

    @Twin(value = "a_negative_limit_is_no_limit", because = QueuesDirect.NEGATIVE, trace = ["IllegalArgument"])
    suspend fun CoroutineScope.aNegativeLimitIsRefused(trace: Trace) {
        try {
            trace.add("limit", AsyncQueue<Int>(-1).maxSize())
        } catch (refused: IllegalArgumentException) {
            trace.add(refused)
        }
    }

    @Twin("nothing_is_an_item_too")
    suspend fun CoroutineScope.nothingIsAnItemToo(trace: Trace) {
        val queue = AsyncQueue<String?>()
        val task = createTask { getter(trace, "getter", queue) }
        nap(1)
        queue.putNowait(null)
        task.await()
    }
}
