// A counter whose numbers come one each second: an iterator that says in a stage whether there is a next element, so that Java
// code can go through it, too. A plain `for` loop suspends where it waits. In Kotlin alone, a flow is easier: see Numbers.kt.
//
// Run it: ./jasyncio run examples.kotlin.CountdownKt

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.iteration.AsyncIterable
import io.jasyncio.iteration.AsyncIterator
import kotlinx.coroutines.delay
import java.util.concurrent.CompletionStage
import kotlin.time.Duration.Companion.seconds

private class Countdown(
    private var left: Int,
) : AsyncIterator<Int> {
    private var ready = false

    override fun hasNextAsync(): CompletionStage<Boolean> =
        createTask {
            if (!ready && left > 0) {
                delay(1.seconds)
                ready = true
            }
            ready
        }

    override fun next(): Int {
        if (!ready) throw NoSuchElementException()
        ready = false
        return left--
    }
}

fun main() = runAsyncio {
    for (seconds in AsyncIterable { Countdown(3) }) {
        println(seconds)
    }
    println("lift-off")
}
