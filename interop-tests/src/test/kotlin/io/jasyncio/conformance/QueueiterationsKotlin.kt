package io.jasyncio.conformance

import io.jasyncio.conformance.QueueTasks.callAt
import io.jasyncio.conformance.QueueiterationsDirect.queueOf
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.hasNext
import io.jasyncio.coroutines.iterator
import io.jasyncio.coroutines.timeout
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

/** S91, S93 and S96 in Kotlin: queues gone through in a loop until they are shut down. */
internal class QueueiterationsKotlin {
    /** Works so long on each item. */
    private suspend fun consumer(
        trace: Trace,
        name: String,
        queue: AsyncQueue<*>,
        seconds: Int = 0,
    ) {
        try {
            for (item in queue) {
                trace.add(name, "got", item, "at", millis())
                if (seconds > 0) {
                    nap(seconds)
                }
            }
            trace.add(name, "ends at", millis())
        } catch (cancelled: CancellationException) {
            trace.add(name, cancelled, "at", millis())
            throw cancelled
        }
    }

    @Twin("a_loop_goes_on_until_the_queue_is_shut_down_and_empty")
    suspend fun CoroutineScope.aLoopGoesOnUntilTheQueueIsShutDownAndEmpty(trace: Trace) {
        val queue = queueOf(1)
        callAt(1) { queue.putNowait(2) }
        callAt(2) { queue.putNowait(3) }
        callAt(3) { queue.shutdown() }
        consumer(trace, "A", queue)
    }

    @Twin("a_loop_ends_at_once_with_a_shutdown_at_once")
    suspend fun CoroutineScope.aLoopEndsAtOnceWithAShutdownAtOnce(trace: Trace) {
        val queue = queueOf(1, 2, 3)
        callAt(1) { queue.shutdown(true) }
        consumer(trace, "A", queue, 3)
    }

    @Twin("loops_share_the_items")
    suspend fun CoroutineScope.loopsShareTheItems(trace: Trace) {
        val queue = queueOf()
        val tasks = listOf("A", "B").map { createTask { consumer(trace, it, queue) } }
        for (second in 1..3) {
            callAt(second) { queue.putNowait(second) }
        }
        callAt(4) { queue.shutdown() }
        ended(tasks)
    }

    @Twin("a_loop_takes_no_item_ahead")
    suspend fun CoroutineScope.aLoopTakesNoItemAhead(trace: Trace) {
        val queue = queueOf(1, 2, 3)
        val task = createTask { consumer(trace, "A", queue, 2) }
        nap(1)
        trace.add("robber got", queue.getNowait(), "left", queue.size())
        queue.shutdown()
        task.await()
    }

    @Twin("a_loop_that_is_left_early_leaves_the_rest")
    suspend fun CoroutineScope.aLoopThatIsLeftEarlyLeavesTheRest(trace: Trace) {
        val queue = queueOf(1, 2, 3)
        queue.shutdown()
        for (item in queue) {
            trace.add("got", item)
            break
        }
        trace.add("left", queue.size())
        consumer(trace, "A", queue)
    }

    @Twin("an_item_that_meets_a_request_stays_in_the_queue")
    suspend fun CoroutineScope.anItemThatMeetsARequestStaysInTheQueue(trace: Trace) {
        val queue = AsyncQueue<String>()
        val task = createTask { consumer(trace, "A", queue) }
        nap(1)
        queue.putNowait("item")
        task.cancel()
        ended(task)
        trace.add("left", queue.size())
    }

    @Twin("an_item_that_meets_a_request_goes_to_the_next_loop")
    suspend fun CoroutineScope.anItemThatMeetsARequestGoesToTheNextLoop(trace: Trace) {
        val queue = AsyncQueue<String>()
        val first = createTask { consumer(trace, "A", queue) }
        val second = createTask { consumer(trace, "B", queue) }
        nap(1)
        queue.putNowait("item")
        first.cancel()
        nap(1)
        queue.shutdown()
        ended(listOf(first, second))
        trace.add("left", queue.size())
    }

    @Twin("an_item_that_meets_a_deadline_stays_in_the_queue")
    suspend fun CoroutineScope.anItemThatMeetsADeadlineStaysInTheQueue(trace: Trace) {
        val queue = AsyncQueue<String>()
        callAt(1) { trace.advance(ofSeconds(3)) }
        callAt(2) { queue.putNowait("item") }
        try {
            timeout(3.seconds) { consumer(trace, "A", queue) }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
        trace.add("left", queue.size())
    }

    @Twin("a_request_while_it_works_takes_its_item_with_it")
    suspend fun CoroutineScope.aRequestWhileItWorksTakesItsItemWithIt(trace: Trace) {
        val queue = queueOf(1, 2)
        val task = createTask { consumer(trace, "A", queue, 5) }
        callAt(1) { task.cancel() }
        ended(task)
        trace.add("left", queue.size(), queue.getNowait())
    }
}
