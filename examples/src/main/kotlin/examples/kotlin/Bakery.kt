// Three bakers, and two sellers who are slower. Ten rolls fit on the counter between them: when it is full the bakers wait.
// Sellers never end by themselves. When all rolls are baked and sold they are cancelled, at the place where they wait for the
// next one, and go home.
//
// Run it: ./jasyncio run examples.kotlin.BakeryKt

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.queue.AsyncQueue
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

private suspend fun bake(baker: String, takes: Duration, counter: AsyncQueue<String>) {
    repeat(10) {
        delay(takes)
        counter.put("$baker's roll")
    }
    println("$baker has baked all rolls; on the counter: ${counter.size()}")
}

private suspend fun sell(seller: String, takes: Duration, counter: AsyncQueue<String>) {
    var sold = 0
    try {
        while (true) {
            counter.get()
            delay(takes)
            sold++
            counter.taskDone()
        }
    } finally {
        println("$seller goes home, $sold rolls sold")
    }
}

fun main() = runAsyncio {
    val counter = AsyncQueue<String>(10)
    val rosa = createTask { sell("Rosa", 200.milliseconds, counter) }
    val sam = createTask { sell("Sam", 330.milliseconds, counter) }
    gather(
        createTask { bake("Ada", 60.milliseconds, counter) },
        createTask { bake("Ben", 85.milliseconds, counter) },
        createTask { bake("Cleo", 110.milliseconds, counter) },
    )
    counter.join()
    println("all sold")
    rosa.cancel()
    sam.cancel()
    gatherOutcomes(rosa, sam)
    println("closed")
}
