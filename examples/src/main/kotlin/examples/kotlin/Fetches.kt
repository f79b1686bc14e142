// Three sources are asked, which answer after 100, 200 and 50 ms. A plain call waits for the answer: one after the other
// takes as long as all of them together. Tasks wait at the same time: as long as the slowest.
//
// Run it: ./jasyncio run examples.kotlin.FetchesKt

package examples.kotlin

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

private suspend fun fetch(source: String, answersAfter: Duration): String {
    delay(answersAfter)
    return source
}

private suspend fun oneByOne() =
    listOf(fetch("weather", 100.milliseconds), fetch("news", 200.milliseconds), fetch("stocks", 50.milliseconds))

private suspend fun together() =
    gather(
        createTask { fetch("weather", 100.milliseconds) },
        createTask { fetch("news", 200.milliseconds) },
        createTask { fetch("stocks", 50.milliseconds) },
    )

private suspend fun report(how: String, fetches: suspend () -> List<String>) {
    val loop = EventLoop.current()
    val start = loop.time()
    val answers = fetches()
    val millis = (loop.time() - start) / 10_000_000 * 10
    println("$how: $answers in $millis ms")
}

fun main() = runAsyncio {
    report("one after the other", ::oneByOne)
    report("all at once", ::together)
}
