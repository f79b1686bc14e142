// Three mirrors are asked for the same file. The first answer is taken, and the others are told to stop.
//
// Run it: ./jasyncio run examples.kotlin.MirrorsKt

package examples.kotlin

import io.jasyncio.ReturnWhen
import io.jasyncio.coroutines.*
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

private suspend fun ask(mirror: String, answersAfter: Duration): String =
    try {
        delay(answersAfter)
        mirror
    } catch (tooSlow: CancellationException) {
        println("$mirror hangs up")
        throw tooSlow
    }

fun main() = runAsyncio {
    val asked = listOf(
        createTask { ask("Lisbon", 300.milliseconds) },
        createTask { ask("Oslo", 100.milliseconds) },
        createTask { ask("Tokyo", 500.milliseconds) },
    )
    val race = wait(asked, ReturnWhen.FIRST_COMPLETED)
    race.done.forEach { println("${it.result()} was first") }
    race.pending.forEach { it.cancel() }
    wait(race.pending)
    println("nobody is asked any more")
}
