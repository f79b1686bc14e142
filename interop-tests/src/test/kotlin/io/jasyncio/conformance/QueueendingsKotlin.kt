package io.jasyncio.conformance

import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.CoroutineScope

/** S44, S93 and S94 in Kotlin: shutdowns that meet something else in one pass, and those that somebody joins. */
internal class QueueendingsKotlin {
    @Twin("an_item_and_a_shutdown_in_one_pass")
    suspend fun CoroutineScope.anItemAndAShutdownInOnePass(trace: Trace) {
        val queue = AsyncQueue<String>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        queue.putNowait("item")
        queue.shutdown()
        ended(tasks)
    }

    @Twin("an_item_and_a_shutdown_at_once_in_one_pass")
    suspend fun CoroutineScope.anItemAndAShutdownAtOnceInOnePass(trace: Trace) {
        val queue = AsyncQueue<String>()
        val tasks = getters(trace, queue, "A", "B")
        nap(1)
        queue.putNowait("item")
        queue.shutdown(true)
        ended(tasks)
        trace.add("size", queue.size())
    }

    @Twin("a_robbed_getter_and_a_shutdown_in_one_pass")
    suspend fun CoroutineScope.aRobbedGetterAndAShutdownInOnePass(trace: Trace) {
        val queue = AsyncQueue<String>()
        val task = createTask { getter(trace, "getter", queue) }
        nap(1)
        queue.putNowait("item")
        trace.add("robber got", queue.getNowait())
        queue.shutdown()
        task.await()
    }

    @Twin("room_and_a_shutdown_in_one_pass")
    suspend fun CoroutineScope.roomAndAShutdownInOnePass(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val task = createTask { putter(trace, "putter", queue, "item") }
        nap(1)
        queue.getNowait()
        queue.shutdown()
        task.await()
        trace.add("size", queue.size())
    }

    @Twin("a_putter_that_has_got_its_room_has_put_before_a_shutdown")
    suspend fun CoroutineScope.aPutterThatHasGotItsRoomHasPutBeforeAShutdown(trace: Trace) {
        val queue = AsyncQueue<String>(1)
        queue.putNowait("of old")
        val task = createTask { putter(trace, "putter", queue, "item") }
        nap(1)
        queue.getNowait()
        nap(1)
        queue.shutdown()
        task.await()
        getter(trace, "getter", queue)
        getter(trace, "getter", queue)
    }

    @Twin("a_request_and_a_shutdown_in_one_pass")
    suspend fun CoroutineScope.aRequestAndAShutdownInOnePass(trace: Trace) {
        for (requestFirst in listOf(true, false)) {
            val queue = AsyncQueue<String>()
            val task = createTask { getter(trace, "getter", queue) }
            nap(1)
            if (requestFirst) {
                task.cancel()
                queue.shutdown()
            } else {
                queue.shutdown()
                task.cancel()
            }
            ended(task)
            trace.add("cancelled", task.isCancelled)
        }
    }

    @Twin("a_join_goes_on_through_a_shutdown")
    suspend fun CoroutineScope.aJoinGoesOnThroughAShutdown(trace: Trace) {
        val queue = AsyncQueue<String>()
        queue.putNowait("item")
        val task = createTask { joiner(trace, "joiner", queue) }
        nap(1)
        queue.shutdown()
        nap(1)
        trace.add("got", queue.getNowait())
        queue.taskDone()
        task.await()
    }

    @Twin("a_shutdown_at_once_ends_a_join")
    suspend fun CoroutineScope.aShutdownAtOnceEndsAJoin(trace: Trace) {
        val queue = AsyncQueue<Int>()
        queue.putNowait(1)
        queue.putNowait(2)
        val tasks = joiners(trace, queue, "A", "B")
        nap(1)
        queue.shutdown(true)
        ended(tasks)
    }

    @Twin("an_item_in_work_holds_a_join_after_a_shutdown_at_once")
    suspend fun CoroutineScope.anItemInWorkHoldsAJoinAfterAShutdownAtOnce(trace: Trace) {
        val queue = AsyncQueue<Int>()
        queue.putNowait(1)
        queue.putNowait(2)
        trace.add("got", queue.getNowait())
        val task = createTask { joiner(trace, "joiner", queue) }
        nap(1)
        queue.shutdown(true)
        nap(1)
        trace.add("waits on", !task.isDone)
        queue.taskDone()
        task.await()
    }
}
