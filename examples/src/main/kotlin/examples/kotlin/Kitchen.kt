// Three dishes are cooked at the same time, by one thread. They need 3, 2 and 4 seconds; dinner is ready after 4, not after
// 9. The soup is ready first, but the results come in the order of the arguments.
//
// Run it: ./jasyncio run examples.kotlin.KitchenKt

package examples.kotlin

import io.jasyncio.coroutines.*
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.seconds

suspend fun cook(dish: String, seconds: Int): String {
    println("cooking $dish")
    delay(seconds.seconds)
    println("$dish is ready")
    return dish
}

fun main() {
    val dishes = runAsyncio {
        gather(createTask { cook("rice", 3) }, createTask { cook("soup", 2) }, createTask { cook("steak", 4) })
    }
    println(dishes)
}
