// A server that sends each line back, and three clients that talk to it at the same time. Every connection is a task, on both
// sides; all of them run on one thread.
//
// Run it: ./jasyncio run examples.kotlin.EchoKt
// With a port, as in "EchoKt 7000", it serves until Ctrl-C; talk to it with "nc 127.0.0.1 7000".

package examples.kotlin

import io.jasyncio.KeyboardInterruptException
import io.jasyncio.coroutines.*
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter

private suspend fun echo(reader: StreamReader, writer: StreamWriter) {
    reader.lines().collect { line ->
        writer.write("$line\n")
        writer.drain() // who sends and never reads has to wait, and costs no memory
    }
}

private suspend fun ask(port: Int, name: String): List<String?> =
    openConnection("127.0.0.1", port).use { (reader, writer) ->
        listOf("hello", "how are you", "bye").map { word ->
            writer.write("$word, says $name\n")
            reader.readLine()
        }
    }

private suspend fun demonstrate(port: Int) {
    val clients = listOf("Anna", "Ben", "Cleo").map { name -> createTask { ask(port, name) } }
    gather(clients).forEach(::println)
}

fun main(args: Array<String>) {
    try {
        runAsyncio {
            val port = args.firstOrNull()?.toInt()
            serve("127.0.0.1", port ?: 0, onServing = { server ->
                if (port == null) {
                    demonstrate(server.port())
                    server.close()
                } else {
                    println("serving port ${server.port()}; Ctrl-C ends it")
                }
            }) { reader, writer -> echo(reader, writer) }
        }
    } catch (_: KeyboardInterruptException) {
        println("goodbye")
    }
}
