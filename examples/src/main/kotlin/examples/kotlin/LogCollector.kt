// Collects lines of many programs, those of this machine by a Unix domain socket and those of others by TCP, and puts them into one
// queue, at the end of which they are written down one by one. The queue is short: when the writing cannot keep up nobody reads from
// the connections any more, and in the end the senders have to wait. Nothing is dropped, and nothing piles up.
//
// A sender ends its side of the connection and is told how many of its lines were taken.
//
// Run it: ./jasyncio run examples.kotlin.LogCollectorKt
// With a port and a path, as in "LogCollectorKt 7000 /tmp/log.sock", it collects until Ctrl-C; try "nc -N 127.0.0.1 7000" or
// "nc -N -U /tmp/log.sock".

package examples.kotlin

import io.jasyncio.KeyboardInterruptException
import io.jasyncio.coroutines.*
import io.jasyncio.queue.AsyncQueue
import io.jasyncio.stream.Server
import io.jasyncio.stream.StreamPair
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.TreeMap

private class LogCollector {
    private class Entry(val source: String, val line: String)

    private val entries = AsyncQueue<Entry>(100)
    private val counts = TreeMap<String, Int>()

    private suspend fun collect(source: String, reader: StreamReader, writer: StreamWriter) =
        writer.use {
            try {
                var taken = 0
                reader.lines().collect { line ->
                    entries.put(Entry(source, line))
                    taken++
                }
                writer.write("taken: $taken\n")
            } catch (broken: IOException) {
                entries.put(Entry(source, "(a sender was lost: ${broken.message})"))
            }
        }

    private suspend fun writeDown() {
        for (entry in entries) {
            println("[${entry.source}] ${entry.line}")
            counts.merge(entry.source, 1, Int::plus)
            entries.taskDone()
        }
    }

    suspend fun collectDuring(port: Int, path: Path, program: suspend (tcp: Server, unix: Server) -> Unit) = coroutineScope {
        val writing = launch { writeDown() }
        try {
            startServer("127.0.0.1", port) { reader, writer -> collect("tcp", reader, writer) }.use { tcp ->
                startUnixServer(path) { reader, writer -> collect("unix", reader, writer) }.use { unix -> program(tcp, unix) }
            }
        } finally {
            withContext(NonCancellable) { entries.join() } // after Ctrl-C, too: what was taken is written down
            writing.cancel()
            println("written down: $counts")
        }
    }
}

private suspend fun serve(tcp: Server, unix: Server): Unit = coroutineScope {
    println("collecting at ${tcp.addresses()} and ${unix.addresses()}; Ctrl-C ends it")
    launch { tcp.serveForever() }
    launch { unix.serveForever() }
}

private suspend fun send(connection: StreamPair, sender: String, vararg lines: String) =
    connection.use { (reader, writer) ->
        for (line in lines) {
            writer.write("$sender $line\n")
            writer.drain()
        }
        writer.writeEof()
        println("$sender ${reader.readLine()}")
    }

private suspend fun demonstrate() {
    val folder = Files.createTempDirectory("log")
    val path = folder.resolve("log.sock")
    LogCollector().collectDuring(0, path) { tcp, _ ->
        send(openUnixConnection(path), "cron", "backup begins", "backup ends")
        send(openConnection("127.0.0.1", tcp.port()), "shop", "order 1", "order 2", "order 3")
        send(openUnixConnection(path), "disk", "90 % full")
    }
    Files.delete(folder) // the socket file went with its server
}

fun main(args: Array<String>) {
    try {
        runAsyncio {
            if (args.size == 2) {
                LogCollector().collectDuring(args[0].toInt(), Path.of(args[1]), ::serve)
            } else {
                demonstrate()
            }
        }
    } catch (_: KeyboardInterruptException) {
        println("goodbye")
    }
}
