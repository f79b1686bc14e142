// A coroutine can ask in which task it runs, and the loop knows all tasks that have not ended.
//
// Run it: ./jasyncio run examples.kotlin.RollCallKt

package examples.kotlin

import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

private suspend fun watch(duration: Duration) {
    println("${currentTask()?.name} begins")
    delay(duration)
    println("${currentTask()?.name} leaves")
}

private fun present() = allTasks().map { it.name }

fun main() = runAsyncio {
    currentTask()?.name = "captain"
    val anna = createTask("anna") { watch(1.seconds) }
    val ben = createTask("ben") { watch(2.seconds) }
    println("on board: ${present()}")
    anna.await()
    println("on board: ${present()}")
    ben.await()
    println("on board: ${present()}")
}
