package io.jasyncio.conformance

import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.get
import io.jasyncio.queue.AsyncLifoQueue
import io.jasyncio.queue.AsyncPriorityQueue
import io.jasyncio.queue.AsyncQueue
import io.jasyncio.queue.QueueShutDownException
import kotlinx.coroutines.CoroutineScope

/** S90, S91 and S95 in Kotlin: queues by priority and last-in first-out queues. */
internal class QueuekindsKotlin {
    /** Python compares a priority and a running number; here the queue keeps the order of equals by itself. */
    private data class Job(
        val priority: Int,
        val what: String,
    )

    @Twin("the_smallest_item_leaves_first")
    suspend fun CoroutineScope.theSmallestItemLeavesFirst(trace: Trace) {
        val queue = AsyncPriorityQueue<Int>()
        listOf(3, 1, 2).forEach(queue::putNowait)
        trace.add(queue.getNowait())
        queue.putNowait(0)
        trace.add(QueueTasks.drain(queue))
    }

    @Twin("items_of_one_priority_leave_in_the_order_they_came")
    suspend fun CoroutineScope.itemsOfOnePriorityLeaveInTheOrderTheyCame(trace: Trace) {
        val queue = AsyncPriorityQueue<Job>(compareBy(Job::priority))
        listOf(Job(2, "b"), Job(1, "x"), Job(2, "a"), Job(1, "y"), Job(2, "c")).forEach(queue::putNowait)
        trace.add(QueueTasks.drain(queue).map(Job::what))
    }

    @Twin("another_order_can_be_chosen")
    suspend fun CoroutineScope.anotherOrderCanBeChosen(trace: Trace) {
        val queue = AsyncPriorityQueue<Int>(reverseOrder())
        listOf(2, 3, 1).forEach(queue::putNowait)
        trace.add(QueueTasks.drain(queue))
    }

    @Twin("the_last_item_leaves_first")
    suspend fun CoroutineScope.theLastItemLeavesFirst(trace: Trace) {
        val queue = AsyncLifoQueue<Int>()
        queue.putNowait(1)
        queue.putNowait(2)
        trace.add(queue.getNowait())
        queue.putNowait(3)
        trace.add(QueueTasks.drain(queue))
    }

    @Twin("a_woken_getter_takes_the_smallest_that_is_there_by_then")
    suspend fun CoroutineScope.aWokenGetterTakesTheSmallestThatIsThereByThen(trace: Trace) {
        val queue = AsyncPriorityQueue<Int>()
        val task = createTask { getter(trace, "getter", queue) }
        nap(1)
        queue.putNowait(5)
        queue.putNowait(1)
        task.await()
        trace.add("left", QueueTasks.drain(queue))
    }

    @Twin("a_woken_getter_takes_the_last_that_is_there_by_then")
    suspend fun CoroutineScope.aWokenGetterTakesTheLastThatIsThereByThen(trace: Trace) {
        val queue = AsyncLifoQueue<String>()
        val task = createTask { getter(trace, "getter", queue) }
        nap(1)
        queue.putNowait("first")
        queue.putNowait("last")
        task.await()
        trace.add("left", QueueTasks.drain(queue))
    }

    @Twin("of_two_woken_getters_the_first_gets_the_smallest")
    suspend fun CoroutineScope.ofTwoWokenGettersTheFirstGetsTheSmallest(trace: Trace) {
        val queue = AsyncPriorityQueue<Int>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        queue.putNowait(2)
        queue.putNowait(1)
        ended(tasks)
    }

    @Twin("an_item_that_nobody_takes_keeps_its_rank")
    suspend fun CoroutineScope.anItemThatNobodyTakesKeepsItsRank(trace: Trace) {
        for (queue in kinds()) {
            val task = createTask { queue.get() }
            nap(1)
            listOf(1, 3, 2).forEach(queue::putNowait)
            task.cancel()
            ended(task)
            trace.add("cancelled", task.isCancelled, "left", QueueTasks.drain(queue))
        }
    }

    private fun kinds(maxSize: Int = 0): List<AsyncQueue<Int>> =
        listOf(AsyncPriorityQueue(maxSize), AsyncLifoQueue(maxSize))

    @Twin("a_putter_that_waited_comes_in_by_its_rank")
    suspend fun CoroutineScope.aPutterThatWaitedComesInByItsRank(trace: Trace) {
        val queue = AsyncPriorityQueue<Int>(2)
        queue.putNowait(3)
        queue.putNowait(4)
        val first = createTask { putter(trace, "A", queue, 5) }
        val second = createTask { putter(trace, "B", queue, 1) }
        nap(1)
        trace.add("got", queue.getNowait())
        nap(1)
        trace.add("got", queue.getNowait())
        ended(listOf(first, second))
        trace.add("left", QueueTasks.drain(queue))
    }

    @Twin("a_putter_that_waited_is_the_last_in")
    suspend fun CoroutineScope.aPutterThatWaitedIsTheLastIn(trace: Trace) {
        val queue = AsyncLifoQueue<String>(2)
        queue.putNowait("bottom")
        queue.putNowait("top")
        val task = createTask { putter(trace, "putter", queue, "late") }
        nap(1)
        trace.add("got", queue.getNowait())
        task.await()
        trace.add("left", QueueTasks.drain(queue))
    }

    @Twin("each_kind_keeps_its_order_after_a_shutdown")
    suspend fun CoroutineScope.eachKindKeepsItsOrderAfterAShutdown(trace: Trace) {
        for (queue in kinds()) {
            listOf(2, 1, 3).forEach(queue::putNowait)
            queue.shutdown()
            val got = ArrayList<Int>()
            try {
                while (true) {
                    got.add(queue.get())
                }
            } catch (_: QueueShutDownException) {
                trace.add(got)
            }
        }
    }

    @Twin("each_kind_has_its_limit")
    suspend fun CoroutineScope.eachKindHasItsLimit(trace: Trace) {
        for (queue in kinds(1)) {
            queue.putNowait(1)
            QueueTasks.tryPut(trace, queue, 2)
            trace.add("size", queue.size(), "limit", queue.maxSize())
        }
    }
}
