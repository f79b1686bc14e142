// An observatory whose roof takes a second to open and half a second to close. It is closed again after a good night, when
// clouds come, and when the astronomer is called away; and nobody leaves before it is.
//
// Run it: ./jasyncio run examples.kotlin.ObservatoryKt

package examples.kotlin

import io.jasyncio.AsyncCloseable
import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import java.io.IOException
import java.util.concurrent.CompletionStage
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

private class Observatory : AsyncCloseable {
    suspend fun look(planet: String, clouds: Boolean) {
        delay(800.milliseconds)
        if (clouds) throw IOException("clouds before $planet")
        println("seen: $planet")
    }

    override fun closeAsync(): CompletionStage<Void?> =
        createTask {
            delay(500.milliseconds)
            println("the roof is closed")
            null
        }
}

private suspend fun open(): Observatory {
    delay(1.seconds)
    println("the roof is open")
    return Observatory()
}

private suspend fun observe(planet: String, clouds: Boolean = false) {
    open().use { it.look(planet, clouds) }
}

fun main() = runAsyncio {
    observe("Mars")
    try {
        observe("Venus", clouds = true)
    } catch (failure: IOException) {
        println(failure.message)
    }
    val astronomer = createTask { observe("Saturn") }
    delay(1200.milliseconds)
    astronomer.cancel()
    gatherOutcomes(astronomer).forEach { println("called away: ${it.isCancelled}") }
}
