// A range of numbers that come one each 100 ms, as a flow: it gives each number out with `emit`, and stays suspended there
// until somebody wants the next one. When nobody does any more, it ends where it stands, and its `finally` runs.
//
// A flow is Kotlin's generator. Java code goes through it as `range(1, 3).asAsyncIterable()`.
//
// Run it: ./jasyncio run examples.kotlin.NumbersKt

package examples.kotlin

import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.*
import kotlin.time.Duration.Companion.milliseconds

private fun range(from: Int, to: Int) = flow {
    try {
        for (number in from..to) {
            delay(100.milliseconds)
            emit(number)
        }
    } finally {
        println("no more numbers")
    }
}

fun main() = runAsyncio {
    range(1, 3).collect { println(it) }

    val evenSquares = range(1, 1000).filter { it % 2 == 0 }.map { it * it }.take(3)
    println(evenSquares.toList()) // after 0.6 seconds, not 100
}
