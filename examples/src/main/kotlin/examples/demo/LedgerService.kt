package examples.demo

import io.jasyncio.Coroutine
import io.jasyncio.EventLoop
import io.jasyncio.coroutines.*
import io.jasyncio.stream.LimitOverrunException
import io.jasyncio.stream.Server
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.transport.ServerOptions
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.io.IOException
import kotlin.time.Duration.Companion.seconds

private const val LONGEST_LINE_BYTES = 1024
private const val BACKLOG = 1024
private val PATIENCE = 5.seconds

/**
 * A [Ledger] over TCP, a line for a line: `PUT key amount`, `GET key`, `ADD key amount`, `STATS`, `QUIT`. Each connection is
 * a coroutine; what the ledger does is a Java task on the same loop.
 */
class LedgerService(private val ledger: Ledger = Ledger()) {
    private var requests = 0L
    private var draining = false

    /** The connections that wait for a request: they can be closed, and nobody misses an answer. */
    private val idle = LinkedHashSet<StreamWriter>()

    /** Begins to accept connections; port 0 for any. */
    suspend fun start(port: Int): Server =
        startServer("127.0.0.1", port, ServerOptions.DEFAULT.withBacklog(BACKLOG), LONGEST_LINE_BYTES) { reader, writer ->
            writer.use { serve(reader, writer) }
        }

    private suspend fun serve(reader: StreamReader, writer: StreamWriter) {
        try {
            do {
                val request = nextRequest(reader, writer) ?: return
                writer.write("${answer(request)}\n")
                writer.drain()
            } while (!draining && !request.equals("QUIT", ignoreCase = true))
        } catch (_: LimitOverrunException) {
            writer.write("ERROR a line has $LONGEST_LINE_BYTES bytes at most\n")
        } catch (_: IOException) {
            // The client is gone in the middle of something. Its own business.
        }
    }

    private suspend fun nextRequest(reader: StreamReader, writer: StreamWriter): String? {
        idle.add(writer)
        return try {
            reader.readLine()?.trim()
        } finally {
            idle.remove(writer)
        }
    }

    private suspend fun answer(request: String): String {
        requests++
        return try {
            answer(request.split(' ').filter { it.isNotEmpty() })
        } catch (wrong: IllegalArgumentException) {
            "ERROR ${wrong.message}"
        } catch (_: ArithmeticException) {
            "ERROR the balance would be too big"
        }
    }

    private suspend fun answer(words: List<String>): String =
        when (words.firstOrNull()?.uppercase()) {
            "PUT" -> {
                val (key, amount) = keyAndAmount(words)
                inJava { ledger.put(key, amount) }
                "OK $amount"
            }
            "GET" -> {
                require(words.size == 2) { "GET takes a key" }
                val balance = ledger.get(words[1])
                if (balance.isPresent) "OK ${balance.asLong}" else "NONE"
            }
            "ADD" -> {
                val (key, amount) = keyAndAmount(words)
                "OK ${inJava { ledger.add(key, amount) }}"
            }
            "STATS" -> with(ledger) {
                "OK requests $requests keys ${size()} changes ${journal().changes()} commits ${journal().commits()}"
            }
            "QUIT" -> "BYE"
            else -> throw IllegalArgumentException("unknown request; there are PUT, GET, ADD, STATS and QUIT")
        }

    private fun keyAndAmount(words: List<String>): Pair<String, Long> {
        require(words.size == 3) { "${words[0].uppercase()} takes a key and an amount" }
        return words[1] to requireNotNull(words[2].toLongOrNull()) { "an amount is a whole number of 64 bits" }
    }

    /** Java's direct style awaits in a task of its own kind; a coroutine awaits that task as any other. */
    private suspend fun <T> inJava(body: Coroutine<T>): T = EventLoop.current().createTask(body).await()

    /** Stops accepting, answers the requests that have come, and closes the connections. */
    suspend fun drain(server: Server) {
        draining = true
        server.close()
        yield() // some of the idle have a request already, and take it in this pass
        idle.toList().forEach { it.close() }
        withTimeoutOrNull(PATIENCE) { server.waitClosed() } ?: server.abortClients() // somebody does not read the answer
    }
}
