// A guest waits two seconds for each drink. Tea comes in time; coffee does not, and is called off.
//
// Run it: ./jasyncio run examples.kotlin.PatienceKt

package examples.kotlin

import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

private suspend fun brew(drink: String, takes: Duration) {
    println("brewing $drink")
    delay(takes)
    println("$drink is served")
}

private suspend fun order(drink: String, takes: Duration) {
    try {
        timeout(2.seconds) { brew(drink, takes) }
    } catch (tooLate: TimeoutException) {
        println("no $drink: ${tooLate.message}")
    }
}

fun main() = runAsyncio {
    order("tea", 1.seconds)
    order("coffee", 3.seconds)
}
