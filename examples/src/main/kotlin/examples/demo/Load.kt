package examples.demo

import io.jasyncio.coroutines.*
import io.jasyncio.stream.StreamPair
import java.util.Locale

private const val SHARED_KEYS = 10

/**
 * Clients that ask the service at the same time, check each answer and take the time. Each sets a balance of its own and
 * reads it again; and all add to the same few, in the way of each other as much as they can be.
 */
class Load(private val options: DemoOptions, private val port: Int, private val progress: Progress) {
    private val latencies = linkedMapOf("PUT" to Latencies(), "GET" to Latencies(), "ADD" to Latencies())

    /** The sum of what the clients have added. */
    private var added = 0L

    /** Runs the clients to their end. Fails with the first answer that is wrong. */
    suspend fun run(): Report {
        val connections = ArrayList<StreamPair>()
        try {
            repeat(options.clients) { connections += openConnection("127.0.0.1", port) }
            val start = System.nanoTime()
            taskGroup {
                connections.forEachIndexed { number, connection -> createTask { client(number, connection) } }
            }
            return Report(options.clients, System.nanoTime() - start, latencies)
        } finally {
            connections.forEach { it.close() }
        }
    }

    private suspend fun client(number: Int, connection: StreamPair) {
        val share = options.requests / options.clients + if (number < options.requests % options.clients) 1 else 0
        repeat(share) { round ->
            when (round % 4) {
                0 -> expect("OK $round", connection.ask("PUT", "PUT own-$number $round"))
                1 -> expect("OK ${round - 1}", connection.ask("GET", "GET own-$number"))
                else -> {
                    connection.ask("ADD", "ADD shared-${(number + round) % SHARED_KEYS} $round").amount()
                    added += round
                }
            }
            progress.advance()
        }
        expect("BYE", connection.ask("QUIT"))
    }

    private suspend fun StreamPair.ask(kind: String, request: String): String {
        val start = System.nanoTime()
        return ask(request).also { latencies.getValue(kind).add(System.nanoTime() - start) }
    }

    private suspend fun StreamPair.ask(request: String): String {
        writer().write("$request\n")
        writer().drain()
        return checkNotNull(reader().readLine()) { "the service hung up instead of answering '$request'" }
    }

    /** Asks the service for all that was added, and compares: were an update lost, it would be too little. */
    suspend fun checkSum(): List<String> =
        openConnection("127.0.0.1", port).use { connection ->
            val sum = (0..<SHARED_KEYS).sumOf { key ->
                val answer = connection.ask("GET shared-$key")
                if (answer == "NONE") 0 else answer.amount()
            }
            check(sum == added) { "the clients added $added, and the service has $sum" }
            listOf(
                "The sum of all ADDs is %,d, as it must be: no update was lost, without a lock.".format(Locale.ROOT, sum),
                "STATS: ${connection.ask("STATS").removePrefix("OK ")}",
            )
        }
}

private fun String.amount(): Long = checkNotNull(removePrefix("OK ").toLongOrNull()) { "the service answered '$this'" }

private fun expect(expected: String, answer: String) = check(answer == expected) { "the service answered '$answer', not '$expected'" }
