package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.timeout
import io.jasyncio.coroutines.wait
import io.jasyncio.sync.AsyncEvent
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds
import kotlin.time.Duration.Companion.seconds

/** S44 and S84 in Kotlin. */
internal class EventsKotlin {
    private val event = AsyncEvent()

    /** Has a task for each name wait for the event. */
    private suspend fun startWaiters(
        trace: Trace,
        vararg names: String,
    ): List<Task<Unit>> {
        val tasks = names.map { start(trace, it) { event.wait() } }
        nap(1)
        return tasks
    }

    @Twin("nobody_waits_for_an_event_that_is_set")
    suspend fun CoroutineScope.nobodyWaitsForAnEventThatIsSet(trace: Trace) {
        trace.add("set", event.isSet)
        event.set()
        val passes = Passes.start()
        event.wait()
        event.wait()
        trace.add("passes", passes.stop(), "set", event.isSet)
    }

    @Twin("an_event_that_was_cleared_makes_wait_again")
    suspend fun CoroutineScope.anEventThatWasClearedMakesWaitAgain(trace: Trace) {
        event.set()
        event.clear()
        event.clear()
        trace.add("set", event.isSet)
        startWaiters(trace, "a")
        trace.add("set it")
        event.set()
        nap(1)
    }

    @Twin("setting_wakes_all_that_wait")
    suspend fun CoroutineScope.settingWakesAllThatWait(trace: Trace) {
        lateinit var passes: Passes
        val tasks =
            listOf("a", "b", "c").map { name ->
                createTask {
                    event.wait()
                    trace.add(name, "after", passes.count())
                }
            }
        nap(1)
        passes = Passes.start()
        event.set()
        event.set()
        wait(tasks)
        passes.stop()
    }

    @Twin("clearing_right_after_setting_wakes_all_the_same")
    suspend fun CoroutineScope.clearingRightAfterSettingWakesAllTheSame(trace: Trace) {
        startWaiters(trace, "a", "b")
        event.set()
        event.clear()
        nap(1)
        trace.add("set", event.isSet)
    }

    @Twin("who_comes_after_a_set_that_was_cleared_waits_for_the_next")
    suspend fun CoroutineScope.whoComesAfterASetThatWasClearedWaitsForTheNext(trace: Trace) {
        startWaiters(trace, "a")
        start(trace, "newcomer") { event.wait() }
        event.set()
        event.clear()
        nap(1)
        trace.add("set again")
        event.set()
        nap(1)
    }

    @Twin("a_request_in_the_pass_of_the_set_wins")
    suspend fun CoroutineScope.aRequestInThePassOfTheSetWins(trace: Trace) {
        val (a, _) = startWaiters(trace, "a", "b")
        event.set()
        a.cancel()
        nap(1)
        trace.add("cancelled", a.isCancelled, "set", event.isSet)
    }

    @Twin("a_request_before_the_set_of_the_same_pass_wins_too")
    suspend fun CoroutineScope.aRequestBeforeTheSetOfTheSamePassWinsToo(trace: Trace) {
        val (a, _) = startWaiters(trace, "a", "b")
        a.cancel()
        event.set()
        nap(1)
        trace.add("cancelled", a.isCancelled, "set", event.isSet)
    }

    @Twin("a_waiter_that_is_cancelled_leaves_the_others_waiting")
    suspend fun CoroutineScope.aWaiterThatIsCancelledLeavesTheOthersWaiting(trace: Trace) {
        val (_, b, _) = startWaiters(trace, "a", "b", "c")
        b.cancel()
        nap(1)
        trace.add("set it")
        event.set()
        nap(1)
    }

    @Twin("a_deadline_in_the_pass_of_the_set_is_a_timeout")
    suspend fun CoroutineScope.aDeadlineInThePassOfTheSetIsATimeout(trace: Trace) {
        for ((setAfter, deadline) in listOf(2L to 3, 3L to 2)) {
            val event = AsyncEvent()
            start(trace, "a") { timeout(deadline.seconds) { event.wait() } }
            onePass()
            EventLoop.current().callLater(ofSeconds(setAfter), event::set)
            EventLoop.current().callLater(ofSeconds(1)) { trace.advance(ofSeconds(5)) }
            nap(10)
            trace.add("set", event.isSet)
        }
    }

    @Twin("a_waiter_may_wait_again_at_once")
    suspend fun CoroutineScope.aWaiterMayWaitAgainAtOnce(trace: Trace) {
        val task =
            createTask {
                repeat(3) {
                    event.wait()
                    trace.add("goes on at", millis())
                    event.clear()
                }
            }
        repeat(3) {
            nap(1)
            event.set()
        }
        task.await()
        trace.add("set", event.isSet)
    }
}
