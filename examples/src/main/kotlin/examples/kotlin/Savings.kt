// Ten tasks pay one coin each into the same account: they read the balance, wait for the bank, and write the new balance.
// While one waits the others run, read the same old balance, and coins get lost. With a lock, one pays at a time.
//
// No lock is needed where nothing suspends between reading and writing: a task is interrupted nowhere else.
//
// Run it: ./jasyncio run examples.kotlin.SavingsKt

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.sync.AsyncLock
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

private class Savings {
    var balance = 0
    val lock = AsyncLock()

    suspend fun pay() {
        val before = balance
        delay(10.milliseconds)
        balance = before + 1
    }

    suspend fun payAlone() = lock.withLock { pay() }
}

private suspend fun tenTimes(payment: suspend () -> Unit) {
    gather(List(10) { createTask { payment() } })
}

fun main() = runAsyncio {
    val careless = Savings()
    tenTimes(careless::pay)
    println("without a lock: ${careless.balance}")

    val careful = Savings()
    tenTimes(careful::payAlone)
    println("with a lock: ${careful.balance}")
}
