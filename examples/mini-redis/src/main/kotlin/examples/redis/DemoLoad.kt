package examples.redis

import io.jasyncio.coroutines.*
import io.jasyncio.stream.StreamPair
import java.io.IOException
import java.io.PrintStream
import java.nio.ByteBuffer
import java.util.Locale
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

private val WARM_UP = 1000.milliseconds

/** Clients that send the same again and again, check each answer and take the time. */
internal class DemoLoad(
    private val port: Int,
    private val clients: Int,
    private val round: Duration,
    private val out: PrintStream,
) {
    /** Runs all rounds and prints a line for each. */
    suspend fun run() {
        val connections = ArrayList<StreamPair>()
        try {
            repeat(clients) { connections += openConnection("127.0.0.1", port) }
            // A JVM is fast only once it has seen the work.
            for (pipeline in listOf(1, 16)) {
                play("SET", pipeline, connections, minOf(WARM_UP, round))
                play("GET", pipeline, connections, minOf(WARM_UP, round))
            }
            out.println(Latencies.HEADER)
            for (pipeline in listOf(1, 16)) {
                for (command in listOf("SET", "GET")) {
                    out.println(play(command, pipeline, connections, round).row(command, pipeline))
                }
            }
        } finally {
            connections.forEach { it.close() }
        }
    }

    private suspend fun play(command: String, pipeline: Int, connections: List<StreamPair>, time: Duration): Latencies {
        val latencies = Latencies()
        val start = System.nanoTime()
        val end = start + time.inWholeNanoseconds
        taskGroup {
            connections.forEachIndexed { number, connection ->
                createTask { ask(connection, Question.of(command, number, pipeline), end, latencies) }
            }
        }
        latencies.took(System.nanoTime() - start)
        return latencies
    }

    private suspend fun ask(connection: StreamPair, question: Question, end: Long, latencies: Latencies) {
        do {
            val asked = System.nanoTime()
            connection.writer().write(question.request)
            connection.expect(question.answer)
            val answered = System.nanoTime()
            latencies.add(answered - asked)
        } while (answered < end)
    }

    private suspend fun StreamPair.expect(answer: ByteArray) {
        while (true) {
            val view = reader().view()
            if (view.remaining() >= answer.size) {
                if (view.mismatch(ByteBuffer.wrap(answer)).let { it != -1 && it < answer.size }) {
                    throw IOException("the server gave a wrong answer: ${Text.of(reader().readExactly(answer.size), 0, answer.size)}")
                }
                return reader().skip(answer.size)
            }
            if (!reader().more()) {
                throw IOException("the server hung up instead of answering")
            }
        }
    }
}

/** So many commands at once, and what must be answered. */
private class Question(val request: ByteArray, val answer: ByteArray) {
    companion object {
        fun of(command: String, client: Int, pipeline: Int): Question {
            val key = "client:%05d".format(Locale.ROOT, client)
            val request = if (command == "SET") "*3\r\n$3\r\nSET\r\n$12\r\n$key\r\n$3\r\nabc\r\n" else "*2\r\n$3\r\nGET\r\n$12\r\n$key\r\n"
            val answer = if (command == "SET") "+OK\r\n" else "$3\r\nabc\r\n"
            return Question(Text.bytes(request.repeat(pipeline)), Text.bytes(answer.repeat(pipeline)))
        }
    }
}
