package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.ReturnWhen
import io.jasyncio.Task
import io.jasyncio.conformance.WaitingDirect.show
import io.jasyncio.coroutines.asCompleted
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.wait
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** S78 and S79 in Kotlin; what `asCompleted` gives is a flow of the futures themselves. */
internal class WaitingKotlin {
    @Twin("wait_ends_when_all_have_ended_and_does_not_fail_with_them")
    suspend fun CoroutineScope.waitEndsWhenAllHaveEndedAndDoesNotFailWithThem(trace: Trace) {
        val victim = createTask("victim") { sleeper(trace, "victim") }
        EventLoop.current().callLater(ofSeconds(1)) { victim.cancel() }
        val bad = createTask("bad") { failAfter(2, "bad") }
        show(trace, wait(listOf<Task<*>>(bad, createTask("fine") { after(3, 0) }, victim)))
        trace.add(bad.exception()?.message)
    }

    @Twin("wait_for_the_first_to_end")
    suspend fun CoroutineScope.waitForTheFirstToEnd(trace: Trace) {
        val slow = createTask("slow") { sleeper(trace, "slow", 3) }
        val quick = createTask("quick") { after(1, 0) }
        show(trace, wait(listOf<Task<*>>(slow, quick), ReturnWhen.FIRST_COMPLETED))
        slow.await()
    }

    @Twin("wait_for_the_first_failure_ignores_cancelled_ones")
    suspend fun CoroutineScope.waitForTheFirstFailureIgnoresCancelledOnes(trace: Trace) {
        val victim = createTask("victim") { sleeper(trace, "victim") }
        val slow = createTask("slow") { after(9, 0) }
        EventLoop.current().callLater(ofSeconds(1)) { victim.cancel() }
        val bad = createTask("bad") { failAfter(2, "bad") }
        show(trace, wait(listOf<Task<*>>(victim, slow, bad), ReturnWhen.FIRST_EXCEPTION))
        trace.add(bad.exception()?.message)
        show(trace, wait(listOf<Task<*>>(victim, slow), ReturnWhen.FIRST_EXCEPTION))
    }

    @Twin("wait_with_a_time_limit_cancels_nothing")
    suspend fun CoroutineScope.waitWithATimeLimitCancelsNothing(trace: Trace) {
        val slow = createTask("slow") { sleeper(trace, "slow", 3) }
        val quick = createTask("quick") { after(1, 0) }
        for (limit in listOf(2, 0, 5)) {
            show(trace, wait(listOf<Task<*>>(slow, quick), timeout = limit.seconds))
        }
    }

    @Twin("a_cancelled_wait_cancels_nothing")
    suspend fun CoroutineScope.aCancelledWaitCancelsNothing(trace: Trace) {
        val slow = createTask("slow") { sleeper(trace, "slow", 3) }
        val task = createTask { wait(listOf(slow)) }
        sleep(1.seconds)
        task.cancel()
        wait(listOf(task))
        trace.add("cancelled", task.isCancelled, "slow", slow.isDone, millis())
        slow.await()
    }

    @Twin("wait_sees_what_ends_until_its_task_goes_on")
    suspend fun CoroutineScope.waitSeesWhatEndsUntilItsTaskGoesOn(trace: Trace) {
        val tasks = listOf(1, 2, 3).map { count -> createTask("passes $count") { repeat(count) { sleep(Duration.ZERO) } } }
        show(trace, wait(tasks, ReturnWhen.FIRST_COMPLETED))
        wait(tasks)
    }

    @Twin("wait_for_nothing_is_refused")
    suspend fun CoroutineScope.waitForNothingIsRefused(trace: Trace) {
        try {
            wait(listOf<Task<*>>())
        } catch (refused: IllegalArgumentException) {
            trace.add(refused)
        }
    }

    @Twin("as_completed_gives_the_futures_in_the_order_of_their_end")
    suspend fun CoroutineScope.asCompletedGivesTheFuturesInTheOrderOfTheirEnd(trace: Trace) {
        val tasks = listOf(3, 1, 2).map { seconds -> createTask("after $seconds") { after(seconds, seconds) } }
        asCompleted(tasks).collect { task -> trace.add(task, task.result(), task in tasks, millis()) }
    }

    @Twin("as_completed_gives_the_results_in_the_order_of_their_end")
    suspend fun CoroutineScope.asCompletedGivesTheResultsInTheOrderOfTheirEnd(trace: Trace) {
        val tasks =
            listOf(createTask { after(3, "last") }, createTask { failAfter(1, "first") }, createTask { after(2, "second") })
        asCompleted(tasks).collect { following ->
            try {
                trace.add(following.await(), millis())
            } catch (failed: Boom) {
                trace.add(failed, failed.message, millis())
            }
        }
    }

    @Twin("as_completed_takes_what_has_ended_already")
    suspend fun CoroutineScope.asCompletedTakesWhatHasEndedAlready(trace: Trace) {
        val ended = createFuture<String>()
        ended.complete("ended")
        val slow = createTask { after(1, "slow") }
        asCompleted(listOf(slow, ended, slow)).collect { following -> trace.add(following.await(), millis()) }
        asCompleted(listOf<LoopFuture<*>>()).collect { trace.add("not reached") }
    }

    @Twin("as_completed_with_a_time_limit_cancels_nothing")
    suspend fun CoroutineScope.asCompletedWithATimeLimitCancelsNothing(trace: Trace) {
        val slow = createTask { sleeper(trace, "slow", 3) }
        try {
            asCompleted(listOf<Task<*>>(slow, createTask { after(1, "quick") }), 2.seconds)
                .collect { following -> trace.add(following.await(), millis()) }
        } catch (late: TimeoutException) {
            trace.add(late, millis())
        }
        slow.await()
    }

    @Twin("a_time_limit_ends_the_iteration_over_as_completed")
    suspend fun CoroutineScope.aTimeLimitEndsTheIterationOverAsCompleted(trace: Trace) {
        val slow = createTask("slow") { sleeper(trace, "slow", 4) }
        val tasks = listOf<Task<*>>(slow, createTask("quick") { after(1, 0) }, createTask("also") { after(2, 0) })
        try {
            asCompleted(tasks, 3.seconds).collect { task ->
                trace.add(task, millis())
                sleep(2.seconds)
            }
        } catch (late: TimeoutException) {
            trace.add(late, millis())
        }
        wait(listOf(slow))
    }
}
