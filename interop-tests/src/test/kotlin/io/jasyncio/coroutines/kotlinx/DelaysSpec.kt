package io.jasyncio.coroutines.kotlinx

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.sleep
import io.jasyncio.coroutines.timeout
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.isActive
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.time.Duration.ofSeconds
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** kotlinx' `delay`, `yield` and timeouts on the loop's clock and timers. */
internal class DelaysSpec :
    ProgramSpec({
        fun noTimerIsLeft() = EventLoop.current().toString() shouldContain " 0 timers"

        program("delays end in the order of their deadlines, and equal ones in the order of their calls (S15)") {
            val trace = mutableListOf<Int>()
            val jobs =
                List(30) { number ->
                    launch {
                        delay((3 - number % 3).seconds)
                        trace += number
                    }
                }
            jobs.joinAll()
            trace shouldBe (0..29).sortedBy { 3 - it % 3 }
        }

        program("delay, sleep, a timer and a timeout of one deadline keep their order") {
            val trace = mutableListOf<String>()
            val jobs =
                listOf(
                    launch {
                        delay(1.seconds)
                        trace += "delay"
                    },
                    launch {
                        sleep(1.seconds)
                        trace += "sleep"
                    },
                    launch {
                        EventLoop.current().callLater(ofSeconds(1)) { trace += "timer" }
                    },
                    launch {
                        withTimeoutOrNull(1.seconds) { awaitCancellation() }
                        trace += "timeout"
                    },
                )
            jobs.joinAll()
            delay(1.seconds)
            // A timer is itself the callback; the others wake somebody, who takes one pass more, as in asyncio (S32).
            trace shouldContainExactly listOf("timer", "delay", "sleep", "timeout")
        }

        program("no delay at all does not suspend; an endless one ends when it is cancelled") {
            launch { steps.expect(2) }
            delay(0)
            delay(-1.seconds)
            steps.expect(1)
            val endless = launch { delay(Duration.INFINITE) }
            yield()
            steps.finish(3)
            endless.cancelAndJoin()
            noTimerIsLeft()
        }

        program("yield gives strict turns to coroutines and tasks (S31)") {
            val trace = mutableListOf<String>()

            suspend fun turns(name: String) =
                repeat(3) { turn ->
                    trace += "$name$turn"
                    yield()
                }
            val a = launch { turns("a") }
            createTask { turns("b") }
            val c = launch { turns("c") }
            joinAll(a, c)
            trace shouldContainExactly listOf("a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2")
        }

        program("withTimeout breaks the block off at its deadline, to the nanosecond") {
            shouldThrow<TimeoutCancellationException> { withTimeout(5.seconds) { delay(10.seconds) } }
            elapsedShouldBe(5.seconds)
            currentCoroutineContext().isActive.shouldBeTrue()
            noTimerIsLeft()
        }

        program("withTimeoutOrNull gives null at its deadline, and the value before") {
            withTimeoutOrNull(5.seconds) { delay(10.seconds) }.shouldBeNull()
            elapsedShouldBe(5.seconds)
            val value =
                withTimeoutOrNull(5.seconds) {
                    delay(4.seconds)
                    "in time"
                }
            value shouldBe "in time"
            elapsedShouldBe(9.seconds)
            noTimerIsLeft()
        }

        program("of nested timeouts the one that is due first fires, and the other goes on") {
            withTimeout(10.seconds) {
                withTimeoutOrNull(3.seconds) { delay(1.hours) }.shouldBeNull()
                elapsedShouldBe(3.seconds)
                withTimeoutOrNull(3.seconds) { withTimeout(4.seconds) { delay(1.hours) } }.shouldBeNull()
                elapsedShouldBe(6.seconds)
                delay(3.seconds)
            }
            noTimerIsLeft()
        }

        program("kotlinx' timeouts and ours nest either way round") {
            shouldThrow<TimeoutException> { timeout(1.seconds) { withTimeout(2.seconds) { delay(1.hours) } } }
            elapsedShouldBe(1.seconds)
            withTimeoutOrNull(1.seconds) { timeout(2.seconds) { delay(1.hours) } }.shouldBeNull()
            elapsedShouldBe(2.seconds)
            shouldThrow<TimeoutException> { withTimeout(2.seconds) { timeout(1.seconds) { delay(1.hours) } } }
            elapsedShouldBe(3.seconds)
            noTimerIsLeft()
        }

        program("a timeout waits for the children of its block") {
            val trace = mutableListOf<String>()
            withTimeoutOrNull(1.seconds) {
                launch {
                    try {
                        delay(1.hours)
                    } finally {
                        trace += at("child")
                    }
                }
                delay(1.hours)
            }
            trace += at("after")
            trace shouldContainExactly listOf("1.0 child", "1.0 after")
        }

        program("a cancellation takes the timers of delays and timeouts away") {
            val job =
                launch {
                    withTimeout(2.hours) {
                        coroutineScope {
                            repeat(5) { launch { delay(1.hours) } }
                        }
                    }
                }
            yield()
            yield()
            yield()
            EventLoop.current().toString() shouldContain " 6 timers"
            job.cancelAndJoin()
            noTimerIsLeft()
            elapsedShouldBe(Duration.ZERO)
        }

        program("a delay that is due when it is cancelled is cancelled") {
            val job =
                launch {
                    try {
                        delay(1.seconds)
                        steps.unreached()
                    } catch (cancelled: CancellationException) {
                        steps.expect(2)
                        throw cancelled
                    }
                }
            yield()
            // Of the two timers the delay's comes first: it has put the coroutine on the queue when this runs.
            EventLoop.current().callLater(ofSeconds(1)) {
                steps.expect(1)
                job.cancel()
            }
            job.join()
            steps.finish(3)
        }
    })
