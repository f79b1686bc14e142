package io.jasyncio.transport

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.runAsyncio
import io.jasyncio.kit.LeakCheck
import io.jasyncio.kit.VirtualTime
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import java.io.Closeable
import java.io.IOException
import java.time.Duration.ofMillis
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.time.Duration.Companion.milliseconds

/** What becomes of an attempt to connect, and after how many milliseconds. */
private sealed interface Fate {
    data class Connects(
        val after: Int,
    ) : Fate

    data class Fails(
        val after: Int,
        val with: Throwable = IOException("refused"),
    ) : Fate

    data object Silent : Fate
}

/** A race among made-up addresses, with a delay of 250 milliseconds; it writes down what happens, and when. */
private class Course(
    private vararg val fates: Fate,
    private val closingMillis: Int = 0,
) {
    val events = mutableListOf<String>()
    private val race =
        Racing(fates.size, ofMillis(250)) { index, attempt -> suspend { connect(index) }.startCoroutineUninterceptedOrReturn(attempt) }

    private fun note(event: String) {
        events += "${EventLoop.current().time() / 1_000_000} $event"
    }

    private suspend fun connect(index: Int): Closeable {
        note("$index begins")
        try {
            when (val fate = fates[index]) {
                is Fate.Connects -> delay(fate.after.milliseconds)
                is Fate.Fails -> {
                    delay(fate.after.milliseconds)
                    throw fate.with
                }
                Fate.Silent -> delay(1_000_000.milliseconds)
            }
        } catch (cancelled: CancellationException) {
            withContext(NonCancellable) { delay(closingMillis.milliseconds) }
            note("$index is given up")
            throw cancelled
        }
        note("$index connects")
        return Closeable { note("$index is closed") }
    }

    suspend fun run(): Boolean {
        val won = race.begin() != null
        note(if (won) "won" else "lost")
        return won
    }

    fun failures(): List<String> = race.failures()
}

/** Happy Eyeballs, RFC 8305 section 5. */
internal class RaceSpec :
    FunSpec({
        val leaks = LeakCheck()
        beforeTest { leaks.begin() }
        afterTest { (_, result) -> leaks.end(result.isSuccess) }

        fun program(block: suspend CoroutineScope.() -> Unit) = runAsyncio(VirtualTime.options(), block)

        fun race(
            vararg fates: Fate,
            closingMillis: Int = 0,
        ): List<String> {
            val course = Course(*fates, closingMillis = closingMillis)
            program { course.run() }
            return course.events
        }

        test("whoever answers within the delay has no competitors") {
            race(Fate.Connects(249), Fate.Connects(0)) shouldContainExactly listOf("0 0 begins", "249 0 connects", "249 won")
        }

        test("an attempt begins when the one before has not answered within the delay") {
            race(Fate.Silent, Fate.Silent, Fate.Connects(10)) shouldContainExactly
                listOf(
                    "0 0 begins",
                    "250 1 begins",
                    "500 2 begins",
                    "510 2 connects",
                    "510 0 is given up",
                    "510 1 is given up",
                    "510 won",
                )
        }

        test("an attempt begins at once when the one before has failed, and the delay begins anew") {
            race(Fate.Fails(100), Fate.Silent, Fate.Connects(0)) shouldContainExactly
                listOf("0 0 begins", "100 1 begins", "350 2 begins", "350 2 connects", "350 1 is given up", "350 won")
        }

        test("an earlier attempt that fails later starts nobody") {
            race(Fate.Fails(300), Fate.Silent, Fate.Connects(0)) shouldContainExactly
                listOf("0 0 begins", "250 1 begins", "500 2 begins", "500 2 connects", "500 1 is given up", "500 won")
        }

        test("an earlier attempt may win over a later one") {
            race(Fate.Connects(300), Fate.Silent, Fate.Silent) shouldContainExactly
                listOf("0 0 begins", "250 1 begins", "300 0 connects", "300 1 is given up", "300 won")
        }

        test("of two that connect at the same time one wins, and the other is given up or closed") {
            val events = race(Fate.Connects(300), Fate.Connects(50))
            events.last() shouldBe "300 won"
            events.count { it.endsWith("is closed") || it.endsWith("is given up") } shouldBe 1
        }

        test("the result is given when all the others have closed their channels") {
            race(Fate.Silent, Fate.Connects(0), closingMillis = 40) shouldContainExactly
                listOf("0 0 begins", "250 1 begins", "250 1 connects", "290 0 is given up", "290 won")
        }

        test("the failures are told in the order of the addresses") {
            val course = Course(Fate.Fails(400, IOException("late")), Fate.Fails(0, IOException("early")))
            program { course.run() shouldBe false }
            course.failures() shouldContainExactly listOf("late", "early")
            course.events.last() shouldBe "400 lost"
        }

        test("a cancelled race gives all attempts up") {
            val course = Course(Fate.Silent, Fate.Silent)
            program {
                val racing = async { course.run() }
                delay(300.milliseconds)
                racing.cancelAndJoin()
            }
            course.events shouldContainExactly listOf("0 0 begins", "250 1 begins", "300 0 is given up", "300 1 is given up")
        }

        test("a race that is cancelled after it was won closes the winner") {
            val course = Course(Fate.Silent, Fate.Connects(0), closingMillis = 40)
            program {
                val racing = async { course.run() }
                delay(260.milliseconds)
                racing.cancelAndJoin()
            }
            course.events.takeLast(2) shouldContainExactly listOf("290 0 is given up", "290 1 is closed")
        }

        test("a failure that is no matter of the network ends the race with it") {
            val course = Course(Fate.Silent, Fate.Fails(0, IllegalArgumentException("a bug")))
            program { shouldThrow<IllegalArgumentException> { course.run() } }
            course.events.last() shouldBe "250 0 is given up"
        }
    })
