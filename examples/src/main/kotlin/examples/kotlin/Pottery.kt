// Two potters fill a shelf with room for three pots, and two buyers empty it. A potter waits until there is room, a buyer
// until there is a pot; whoever has changed something signals it to those who wait. That is how a bounded queue works inside:
// use `AsyncQueue` for this, and a condition where what you wait for is more than that.
//
// Run it: ./jasyncio run examples.kotlin.PotteryKt

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.sync.AsyncCondition
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

private class Pottery {
    val shelf = ArrayDeque<String>()
    val changed = AsyncCondition()

    suspend fun make(potter: String, pots: Int, takes: Duration) {
        for (number in 1..pots) {
            delay(takes)
            changed.withLock {
                changed.wait { shelf.size < 3 }
                shelf += "$potter's pot $number"
                println("shelf: $shelf")
                changed.signalAll()
            }
        }
    }

    suspend fun buy(buyer: String, pots: Int, takes: Duration) {
        repeat(pots) {
            delay(takes)
            changed.withLock {
                changed.wait { shelf.isNotEmpty() }
                println("$buyer buys ${shelf.removeFirst()}")
                changed.signalAll()
            }
        }
    }
}

fun main() = runAsyncio {
    val pottery = Pottery()
    taskGroup {
        createTask { pottery.make("Ida", 3, 100.milliseconds) }
        createTask { pottery.make("Jon", 3, 170.milliseconds) }
        createTask { pottery.buy("Kim", 2, 50.milliseconds) }
        createTask { pottery.buy("Lou", 4, 600.milliseconds) }
    }
}
