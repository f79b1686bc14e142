package io.jasyncio.documents

import io.jasyncio.KeyboardInterruptException
import io.jasyncio.coroutines.*

fun main() {
    try {
        runAsyncio {
            serve("127.0.0.1", 7000) { reader, writer ->
                reader.lines().collect { line ->
                    writer.write("${line.uppercase()}\n")
                    writer.drain()
                }
            }
        }
    } catch (_: KeyboardInterruptException) {
        println("goodbye")
    }
}
