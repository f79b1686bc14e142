// Ten cars, and three places to park: a semaphore lets three in, and each of the others when somebody leaves, in the order in
// which they came.
//
// Run it: ./jasyncio run examples.kotlin.ParkingKt

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.sync.AsyncSemaphore
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

private suspend fun park(car: Int, places: AsyncSemaphore) {
    places.withPermit {
        println("car $car parks; free places: ${places.availablePermits()}")
        delay((900 + 20 * car).milliseconds)
    }
}

fun main() = runAsyncio {
    val places = AsyncSemaphore(3)
    gather((1..10).map { car -> createTask { park(car, places) } })
    println("all have left; free places: ${places.availablePermits()}")
}
