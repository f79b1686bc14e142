package io.jasyncio.documents

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
