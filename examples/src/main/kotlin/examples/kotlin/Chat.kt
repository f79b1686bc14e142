// A chat room over TCP: the first line is your name, and every other line goes to all others. A thousand guests come at once. The
// map of guests needs no lock, since there is one thread; and nobody waits for a guest who does not listen.
//
// Run it: ./jasyncio run examples.kotlin.ChatKt
// With a port, as in "ChatKt 7000", it serves until Ctrl-C; join with "nc 127.0.0.1 7000".

package examples.kotlin

import io.jasyncio.KeyboardInterruptException
import io.jasyncio.coroutines.*
import io.jasyncio.stream.StreamPair
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.transport.ServerOptions
import java.io.IOException

/** A guest who has not read that much of what was said is shown out: else the memory would be filled by his silence. */
private const val MOST_UNREAD_BYTES = 64 * 1024

private class Chat {
    private val guests = LinkedHashMap<String, StreamWriter>()

    suspend fun host(reader: StreamReader, writer: StreamWriter) {
        try {
            val name = reader.readLine()
            if (name == null || guests.putIfAbsent(name, writer) != null) {
                writer.write("somebody of that name is here\n")
                return
            }
            try {
                writer.write("welcome, $name; guests: ${guests.size}\n")
                reader.lines().collect { line -> tellOthers(name, line) }
            } finally {
                guests.remove(name)
            }
        } catch (_: IOException) {
            // Left without a goodbye, or said too much at once. The room goes on.
        }
    }

    private fun tellOthers(speaker: String, line: String) {
        val text = "$speaker: $line\n".encodeToByteArray()
        for ((name, writer) in guests) {
            if (name != speaker) {
                writer.write(text)
                if (writer.transport().writeBufferSize > MOST_UNREAD_BYTES) {
                    writer.transport().abort()
                }
            }
        }
    }
}

// ---- The demonstration -------------------------------------------------------------------------------------------------

private suspend fun join(port: Int, name: String): StreamPair {
    val guest = openConnection("127.0.0.1", port)
    guest.say(name)
    guest.hear()
    return guest
}

private fun StreamPair.say(line: String) = writer().write("$line\n")

private suspend fun StreamPair.hear() = reader().readLine()

private suspend fun demonstrate(port: Int) =
    join(port, "Anna").use { anna ->
        join(port, "Ben").use { ben ->
            anna.say("is it only us?")
            println("Ben hears   ${ben.hear()}")
            ben.say("not for long")
            println("Anna hears  ${anna.hear()}")

            val crowd = gather((1..1000).map { number -> createTask { join(port, "guest $number") } })
            anna.say("welcome, all of you!")
            val heard = gather(crowd.map { guest -> createTask { guest.hear() } })
            println("${heard.size} hear   ${heard.toSet()}")
            crowd.forEach { it.close() }
        }
    }

fun main(args: Array<String>) {
    try {
        runAsyncio {
            val port = args.firstOrNull()?.toInt()
            val chat = Chat()
            // So many may knock at the same moment: with fewer, the system would let the others try again a second later.
            val options = ServerOptions.DEFAULT.withBacklog(4096)
            serve("127.0.0.1", port ?: 0, options, onServing = { server ->
                if (port == null) {
                    demonstrate(server.port())
                    server.close()
                } else {
                    println("serving port ${server.port()}; Ctrl-C ends it")
                }
            }) { reader, writer -> chat.host(reader, writer) }
        }
    } catch (_: KeyboardInterruptException) {
        println("goodbye")
    }
}
