// Two long tasks are cancelled half-way. A `CancellationException` tells each of them so at the place where it waits. In
// `finally` it tidies up; a cancelled coroutine that must wait there does so in `NonCancellable`. Only then has the task ended.
//
// Run it: ./jasyncio run examples.kotlin.BackupsKt

package examples.kotlin

import io.jasyncio.coroutines.*
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

private suspend fun save(folder: String) {
    try {
        for (percent in 20..100 step 20) {
            delay(1.seconds)
            println("$folder: $percent %")
        }
    } finally {
        withContext(NonCancellable) {
            delay(100.milliseconds)
            println("$folder: tidied up")
        }
    }
}

fun main() = runAsyncio {
    val backups = listOf(createTask { save("photos") }, createTask { save("letters") })
    delay(2.5.seconds)
    println("enough")
    backups.forEach { it.cancel() }
    gatherOutcomes(backups).forEach { println(if (it.isCancelled) "cancelled" else it) }
}
