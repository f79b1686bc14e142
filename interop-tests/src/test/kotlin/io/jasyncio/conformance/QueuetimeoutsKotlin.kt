package io.jasyncio.conformance

import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.join
import io.jasyncio.coroutines.put
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.waitFor
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** S44, S61, S62, S91 and S96 in Kotlin: gets, puts and joins with a deadline. */
internal class QueuetimeoutsKotlin {
    /** Gets one item in time, or says that it was too late. */
    private suspend fun patientGetter(
        trace: Trace,
        name: String,
        queue: AsyncQueue<*>,
        limit: Int,
    ) {
        try {
            val item = timeout(limit.seconds) { queue.get() }
            trace.add(name, "got", item, "at", millis())
        } catch (late: TimeoutException) {
            trace.add(name, late, "at", millis())
        } catch (cancelled: CancellationException) {
            trace.add(name, cancelled, "at", millis())
            throw cancelled
        }
    }

    private suspend fun patientPutter(
        trace: Trace,
        name: String,
        queue: AsyncQueue<String>,
        item: String,
        limit: Int,
    ) {
        try {
            timeout(limit.seconds) { queue.put(item) }
            trace.add(name, "has put", item, "at", millis())
        } catch (late: TimeoutException) {
            trace.add(name, late, "at", millis())
        }
    }

    @Twin("an_item_in_time_is_got")
    suspend fun CoroutineScope.anItemInTimeIsGot(trace: Trace) {
        val queue = AsyncQueue<String>()
        QueueTasks.callAt(1) { queue.putNowait("item") }
        patientGetter(trace, "getter", queue, 2)
        nap(5)
        trace.add("left", queue.size(), "requests", requests())
    }

    @Twin("a_getter_whose_time_is_up_leaves_the_line")
    suspend fun CoroutineScope.aGetterWhoseTimeIsUpLeavesTheLine(trace: Trace) {
        val queue = AsyncQueue<String>()
        val first = createTask { patientGetter(trace, "A", queue, 1) }
        val second = createTask { patientGetter(trace, "B", queue, 5) }
        QueueTasks.callAt(2) { queue.putNowait("item") }
        ended(listOf(first, second))
        trace.add("left", queue.size())
    }

    @Twin("a_putter_whose_time_is_up_does_not_put")
    suspend fun CoroutineScope.aPutterWhoseTimeIsUpDoesNotPut(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        patientPutter(trace, "putter", queue, "late", 1)
        trace.add("got", queue.getNowait())
        nap(1)
        trace.add("left", queue.size())
    }

    @Twin("an_item_that_comes_just_before_the_deadline_is_not_lost")
    suspend fun CoroutineScope.anItemThatComesJustBeforeTheDeadlineIsNotLost(trace: Trace) {
        val queue = AsyncQueue<String>()
        QueueTasks.callAt(1) { trace.advance(ofSeconds(3)) }
        QueueTasks.callAt(2) { queue.putNowait("item") }
        patientGetter(trace, "getter", queue, 3)
        trace.add("left", queue.size())
        trace.add("got", queue.getNowait())
    }

    @Twin("an_item_that_comes_just_after_the_deadline_is_not_lost")
    suspend fun CoroutineScope.anItemThatComesJustAfterTheDeadlineIsNotLost(trace: Trace) {
        val queue = AsyncQueue<String>()
        QueueTasks.callAt(1) { trace.advance(ofSeconds(3)) }
        QueueTasks.callAt(3) { queue.putNowait("item") }
        patientGetter(trace, "getter", queue, 2)
        trace.add("left", queue.size())
        trace.add("got", queue.getNowait())
    }

    @Twin("an_item_that_meets_the_deadline_goes_to_the_next_getter")
    suspend fun CoroutineScope.anItemThatMeetsTheDeadlineGoesToTheNextGetter(trace: Trace) {
        val queue = AsyncQueue<String>()
        val first = createTask { patientGetter(trace, "A", queue, 3) }
        val second = createTask { patientGetter(trace, "B", queue, 10) }
        QueueTasks.callAt(1) { trace.advance(ofSeconds(3)) }
        QueueTasks.callAt(2) { queue.putNowait("item") }
        ended(listOf(first, second))
        trace.add("left", queue.size())
    }

    @Twin("room_that_meets_the_deadline_is_not_used")
    suspend fun CoroutineScope.roomThatMeetsTheDeadlineIsNotUsed(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        QueueTasks.callAt(1) { trace.advance(ofSeconds(3)) }
        QueueTasks.callAt(2) { queue.getNowait() }
        patientPutter(trace, "putter", queue, "late", 3)
        trace.add("left", queue.size())
    }

    @Twin("room_that_meets_the_deadline_goes_to_the_next_putter")
    suspend fun CoroutineScope.roomThatMeetsTheDeadlineGoesToTheNextPutter(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val first = createTask { patientPutter(trace, "A", queue, "item of A", 3) }
        val second = createTask { patientPutter(trace, "B", queue, "item of B", 10) }
        QueueTasks.callAt(1) { trace.advance(ofSeconds(3)) }
        QueueTasks.callAt(2) { queue.getNowait() }
        ended(listOf(first, second))
        trace.add("in the queue", queue.getNowait(), "left", queue.size())
    }

    @Twin("no_time_at_all_does_not_take_what_is_there")
    suspend fun CoroutineScope.noTimeAtAllDoesNotTakeWhatIsThere(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        try {
            trace.add("getter got", waitFor(createTask { queue.get() }, Duration.ZERO))
        } catch (late: TimeoutException) {
            trace.add("getter", late, "at", millis())
        }
        trace.add("left", queue.size())
    }

    @Twin("a_request_and_a_deadline_and_an_item_in_one_pass")
    suspend fun CoroutineScope.aRequestAndADeadlineAndAnItemInOnePass(trace: Trace) {
        val queue = AsyncQueue<String>()
        val task = createTask { patientGetter(trace, "getter", queue, 3) }
        QueueTasks.callAt(1) { trace.advance(ofSeconds(4)) }
        QueueTasks.callAt(2) { queue.putNowait("item") }
        QueueTasks.callAt(4) { task.cancel() }
        ended(task)
        trace.add("cancelled", task.isCancelled, "left", queue.size())
    }

    @Twin("a_consumer_that_polls_loses_nothing")
    suspend fun CoroutineScope.aConsumerThatPollsLosesNothing(trace: Trace) {
        val queue = AsyncQueue<String>()
        for (second in listOf(3, 4)) {
            QueueTasks.callAt(second) { queue.putNowait("item of $second") }
        }
        repeat(5) { patientGetter(trace, "consumer", queue, 2) }
        trace.add("left", queue.size())
    }

    @Twin("a_join_whose_time_is_up_can_be_tried_again")
    suspend fun CoroutineScope.aJoinWhoseTimeIsUpCanBeTriedAgain(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        try {
            timeout(1.seconds) { queue.join() }
        } catch (late: TimeoutException) {
            trace.add(late, "at", millis())
        }
        QueueTasks.callAt(3) { queue.taskDone() }
        timeout(5.seconds) { queue.join() }
        trace.add("joined at", millis())
    }
}
