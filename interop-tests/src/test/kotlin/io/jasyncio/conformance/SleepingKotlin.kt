package io.jasyncio.conformance

import io.jasyncio.Asyncio
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.sleep
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.ZERO
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/** S20 in Kotlin. */
internal class SleepingKotlin {
    @Twin("sleep_of_zero_or_less_is_one_pass")
    suspend fun CoroutineScope.sleepOfZeroOrLessIsOnePass(trace: Trace) {
        countPassesOf(trace, "zero", ZERO)
        countPassesOf(trace, "negative", (-5).seconds)
        val passes = Passes.start()
        sleep(ZERO)
        sleep(ZERO)
        sleep(ZERO)
        trace.add("three", passes.stop())
    }

    private suspend fun countPassesOf(
        trace: Trace,
        name: String,
        delay: Duration,
    ) {
        val passes = Passes.start()
        sleep(delay)
        trace.add(name, passes.stop(), "at", Trace.millis())
    }

    @Twin("sleep_returns_its_result")
    suspend fun CoroutineScope.sleepReturnsItsResult(trace: Trace) {
        trace.add(Asyncio.sleep(5.milliseconds.toJavaDuration(), "after five").await(), Trace.millis())
        trace.add(Asyncio.sleep(ZERO.toJavaDuration(), "after a pass").await(), Trace.millis())
        trace.add(Asyncio.sleep(1.milliseconds.toJavaDuration()).await(), Trace.millis())
    }

    @Twin("a_sleeper_wakes_one_pass_after_its_timer")
    suspend fun CoroutineScope.aSleeperWakesOnePassAfterItsTimer(trace: Trace) {
        val loop = EventLoop.current()
        createTask {
            delay(10.milliseconds)
            trace.add("sleeper")
        }
        sleep(ZERO)
        loop.callLater(11.milliseconds.toJavaDuration()) {
            trace.add("timer")
            loop.callSoon { trace.add("after the timer") }
        }
        trace.advance(20.milliseconds.toJavaDuration())
        sleep(ZERO)
        trace.add("main one")
        sleep(ZERO)
        trace.add("main two")
        sleep(ZERO)
        trace.add("main three")
    }

    @Twin("sleepers_wake_in_the_order_of_their_deadlines")
    suspend fun CoroutineScope.sleepersWakeInTheOrderOfTheirDeadlines(trace: Trace) {
        suspend fun sleeper(
            name: String,
            vararg delays: Int,
        ) = delays.forEach { delay ->
            sleep(delay.milliseconds)
            trace.add(name, "at", Trace.millis())
        }

        val tasks = listOf(createTask { sleeper("a", 30, 5) }, createTask { sleeper("b", 10, 11, 50) }, createTask { sleeper("c", 20) })
        tasks.forEach { it.await() }
        trace.add("main at", Trace.millis())
    }

    @Twin("a_cancelled_sleep_takes_no_more_time")
    suspend fun CoroutineScope.aCancelledSleepTakesNoMoreTime(trace: Trace) {
        val task =
            createTask {
                try {
                    sleep(1000.seconds)
                } finally {
                    trace.add("sleeper ends at", Trace.millis())
                }
            }
        sleep(5.milliseconds)
        task.cancel()
        try {
            task.await()
        } catch (cancelled: CancellationException) {
            trace.add(cancelled, task.isCancelled)
        }
        trace.add("main at", Trace.millis())
    }
}
