// Work that keeps a processor busy would stop the loop; in a thread pool it does not. Here the loop ticks every millisecond
// while the pool computes. How many ticks that makes depends on the machine.
//
// Run it: ./jasyncio run examples.kotlin.FibonacciKt

package examples.kotlin

import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import java.math.BigInteger
import kotlin.time.Duration.Companion.milliseconds

/** The slow way, on purpose. */
private fun fib(n: Int): BigInteger = if (n < 2) n.toBigInteger() else fib(n - 1) + fib(n - 2)

fun main() = runAsyncio {
    val work = (27..30).map { n -> createTask { toThread { fib(n) } } }
    var ticks = 0
    while (!work.all { it.isDone }) {
        delay(1.milliseconds)
        ticks++
    }
    println(gather(work))
    println("ticks meanwhile: $ticks")
}
