// Four workers paint a wall each, and the second one fails. `gather` fails as soon as he does, with his very exception; the
// others go on. `gatherOutcomes` waits for all four and gives the failure a place among the results.
//
// Run it: ./jasyncio run examples.kotlin.WorkersKt

package examples.kotlin

import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import java.io.IOException
import kotlin.time.Duration.Companion.seconds

private suspend fun paint(wall: Int): String {
    delay(wall.seconds)
    if (wall == 2) throw IOException("no paint for wall 2")
    println("  wall $wall is painted")
    return "wall $wall"
}

private fun startAll() = (1..4).map { wall -> createTask { paint(wall) } }

fun main() = runAsyncio {
    println("gather")
    val workers = startAll()
    try {
        println("  ${gather(workers)}")
    } catch (failure: IOException) {
        println("  failed: ${failure.message}")
    }
    wait(workers) // they go on, whatever has become of the gathering

    println("gatherOutcomes")
    gatherOutcomes(startAll()).forEach { println("  $it") }
}
