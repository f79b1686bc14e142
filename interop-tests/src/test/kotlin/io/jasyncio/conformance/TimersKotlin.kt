package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.TimerHandle
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/** S15-S19 in Kotlin. */
internal class TimersKotlin {
    private fun callLater(
        delay: Duration,
        callback: () -> Unit,
    ): TimerHandle = EventLoop.current().callLater(delay.toJavaDuration(), callback)

    @Twin("timers_fire_by_deadline_and_not_by_registration")
    suspend fun CoroutineScope.timersFireByDeadlineAndNotByRegistration(trace: Trace) {
        val loop = EventLoop.current()
        val start = loop.time()
        listOf(30, 10, 40, 20).forEach { delay ->
            callLater(delay.milliseconds) { trace.add("timer", delay, "at", Trace.millis()) }
        }
        val handle = loop.callAt(start + 25_000_000) { trace.add("timer 25 at", Trace.millis()) }
        trace.add("due at", handle.`when`() / 1_000_000)
        sleep(50.milliseconds)
        trace.add("main at", Trace.millis())
    }

    @Twin("a_delay_of_zero_or_less_means_the_next_iteration")
    suspend fun CoroutineScope.aDelayOfZeroOrLessMeansTheNextIteration(trace: Trace) {
        callLater(ZERO) { trace.add("zero") }
        callLater((-1).seconds) { trace.add("minus one") }
        EventLoop.current().callSoon { trace.add("soon") }
        trace.add("main goes on")
        sleep(ZERO)
        trace.add("main one")
        sleep(ZERO)
        trace.add("main two")
    }

    @Twin("a_cancelled_timer_does_not_fire")
    suspend fun CoroutineScope.aCancelledTimerDoesNotFire(trace: Trace) {
        val first = callLater(10.milliseconds) { trace.add("first") }
        callLater(20.milliseconds) { trace.add("second") }
        val third = callLater(30.milliseconds) { trace.add("third") }
        first.cancel()
        sleep(25.milliseconds)
        third.cancel()
        third.cancel()
        trace.add("cancelled", first.cancelled(), third.cancelled(), "at", Trace.millis())
        sleep(25.milliseconds)
        trace.add("main at", Trace.millis())
    }

    @Twin("a_due_timer_can_be_cancelled_by_its_predecessor")
    suspend fun CoroutineScope.aDueTimerCanBeCancelledByItsPredecessor(trace: Trace) {
        lateinit var second: TimerHandle
        callLater(10.milliseconds) {
            trace.add("first at", Trace.millis())
            second.cancel()
        }
        second = callLater(11.milliseconds) { trace.add("second") }
        callLater(12.milliseconds) { trace.add("third") }
        trace.advance(20.milliseconds.toJavaDuration())
        sleep(ZERO)
        sleep(ZERO)
        val fourth = callLater(1.milliseconds) { trace.add("fourth") }
        sleep(2.milliseconds)
        fourth.cancel()
        trace.add("cancelled after it fired", fourth.cancelled())
    }

    @Twin("most_of_many_timers_are_cancelled")
    suspend fun CoroutineScope.mostOfManyTimersAreCancelled(trace: Trace) {
        val delays = (1..210).map { it * 83 % 211 }
        val handles = delays.associateWith { delay -> callLater(delay.milliseconds) { trace.add(delay) } }
        handles.filterKeys { it % 30 != 0 }.values.forEach(TimerHandle::cancel)
        sleep(300.milliseconds)
        trace.add("main at", Trace.millis())
    }

    @Twin("a_late_loop_catches_up_in_one_iteration")
    suspend fun CoroutineScope.aLateLoopCatchesUpInOneIteration(trace: Trace) {
        listOf(30, 10, 20).forEach { delay ->
            callLater(delay.milliseconds) {
                trace.add("timer", delay)
                EventLoop.current().callSoon { trace.add("after", delay) }
            }
        }
        callLater(200.milliseconds) { trace.add("in time") }
        trace.advance(100.milliseconds.toJavaDuration())
        sleep(ZERO)
        sleep(ZERO)
        sleep(ZERO)
        trace.add("caught up at", Trace.millis())
        sleep(101.milliseconds)
        trace.add("main at", Trace.millis())
    }

    @Twin("a_deadline_beyond_a_day_is_met")
    suspend fun CoroutineScope.aDeadlineBeyondADayIsMet(trace: Trace) {
        callLater(1.hours) { trace.add("an hour") }
        callLater(90.days) { trace.add("ninety days") }
        sleep(400.days)
        trace.add("main after days", Trace.millis() / 86_400_000)
    }
}
