package io.jasyncio.documents

import io.jasyncio.coroutines.*

fun main() = runAsyncio {
    serve("127.0.0.1", 7000, onServing = { println("port ${it.port()}") }) { reader, writer ->
        reader.lines().collect { line ->
            writer.write("you said $line\n")
            writer.drain()
        }
    }
}
