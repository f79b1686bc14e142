// Which ports of this machine are open, and what do they say? All of them are tried at the same time, but a semaphore lets no more
// than a hundred connections be open at once; and nobody is waited for longer than two seconds.
//
// Run it: ./jasyncio run examples.kotlin.PortScanKt
// It scans the ports up to 500 and two that it opens itself; with two numbers, as in "PortScanKt 1 9999", it scans the ports from
// here to there.

package examples.kotlin

import io.jasyncio.coroutines.*
import io.jasyncio.stream.StreamReader
import io.jasyncio.sync.AsyncSemaphore
import java.io.IOException
import java.net.ConnectException
import java.util.concurrent.TimeoutException
import kotlin.time.Duration.Companion.seconds

private val PATIENCE = 2.seconds

/** What is found out about one port; null if nobody listens there. */
private suspend fun look(port: Int, connections: AsyncSemaphore): String? =
    connections.withPermit {
        try {
            timeout(PATIENCE) { openConnection("127.0.0.1", port) }.use { (reader, _) ->
                "port $port is open and ${listen(reader)}"
            }
        } catch (_: ConnectException) {
            null
        } catch (_: TimeoutException) {
            "port $port does not answer"
        }
    }

private suspend fun listen(reader: StreamReader): String =
    try {
        timeout(PATIENCE) { reader.readLine() }?.let { "says: $it" } ?: "hangs up"
    } catch (_: TimeoutException) {
        "waits for us to speak"
    } catch (_: IOException) {
        "hangs up"
    }

private suspend fun scan(ports: List<Int>) {
    val connections = AsyncSemaphore(100)
    println("scanning 127.0.0.1")
    val found = gather(ports.map { port -> createTask { look(port, connections) } }).filterNotNull()
    found.forEach(::println)
    println("${ports.size} ports, ${ports.size - found.size} of them closed")
}

private suspend fun demonstrate() =
    startServer("127.0.0.1", 0) { reader, writer ->
        writer.use {
            writer.write("220 at your service\n")
            reader.readLine()
        }
    }.use { one ->
        startServer("127.0.0.1", 0) { reader, writer -> writer.use { reader.readLine() } }.use { other ->
            scan((1..500) + one.port() + other.port())
        }
    }

fun main(args: Array<String>) = runAsyncio {
    if (args.size == 2) {
        scan((args[0].toInt()..args[1].toInt()).toList())
    } else {
        demonstrate()
    }
}
