// Three hikers walk from hut to hut, each at their own pace, and wait for each other at each: a barrier for three lets nobody
// go on before all have come. The last to come does not wait, and knows it by the index.
//
// Run it: ./jasyncio run examples.kotlin.HikeKt

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.sync.AsyncBarrier
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

private suspend fun walk(hiker: String, millis: List<Int>, friends: AsyncBarrier) {
    millis.forEachIndexed { hut, takes ->
        delay(takes.milliseconds)
        println("$hiker is at hut ${hut + 1}")
        val index = friends.wait()
        if (index == friends.parties() - 1) println("all are there")
    }
}

fun main() = runAsyncio {
    val friends = AsyncBarrier(3)
    taskGroup {
        createTask { walk("Anna", listOf(200, 500, 300), friends) }
        createTask { walk("Ben", listOf(300, 400, 200), friends) }
        createTask { walk("Cleo", listOf(100, 300, 400), friends) }
    }
}
