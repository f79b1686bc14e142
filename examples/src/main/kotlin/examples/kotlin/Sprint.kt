// Four runners wait for the starter's pistol, which is an event: when it is set, all who wait go on, in the order in which
// they began to wait.
//
// Run it: ./jasyncio run examples.kotlin.SprintKt

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.sync.AsyncEvent
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

private suspend fun sprint(runner: String, readyAfter: Duration, pistol: AsyncEvent) {
    delay(readyAfter)
    println("$runner is ready")
    pistol.wait()
    println("$runner runs")
}

fun main() = runAsyncio {
    val pistol = AsyncEvent()
    taskGroup {
        createTask { sprint("Anna", 3.seconds, pistol) }
        createTask { sprint("Ben", 1.seconds, pistol) }
        createTask { sprint("Cleo", 4.seconds, pistol) }
        createTask { sprint("Dan", 2.seconds, pistol) }
        delay(5.seconds)
        println("bang")
        pistol.set()
    }
    println("all are off")
}
