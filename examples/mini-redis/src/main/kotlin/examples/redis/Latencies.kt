package examples.redis

import java.util.Locale
import kotlin.math.ceil

/** How long the answers of a round took. */
internal class Latencies {
    private var nanos = LongArray(1024)
    private var count = 0
    private var tookNanos = 1L

    /** Notes one answer. */
    fun add(answerNanos: Long) {
        if (count == nanos.size) {
            nanos = nanos.copyOf(2 * count)
        }
        nanos[count++] = answerNanos
    }

    /** Ends the round, which took so long. */
    fun took(roundNanos: Long) {
        tookNanos = roundNanos
        nanos.sort(0, count)
    }

    /** The time within which this part of the answers came, in microseconds; 1.0 for the slowest of all. */
    fun micros(part: Double): Long = nanos[ceil(part * count).toInt().coerceAtLeast(1) - 1] / 1000

    /** A line under [HEADER]. */
    fun row(command: String, pipeline: Int): String {
        val commands = count.toLong() * pipeline
        return "%-8s%8d%,13d%,14.0f%,9d%,9d%,9d".format(
            Locale.ROOT,
            command,
            pipeline,
            commands,
            commands / (tookNanos / 1e9),
            micros(0.5),
            micros(0.99),
            micros(1.0),
        )
    }

    companion object {
        const val HEADER = "command pipeline     commands    commands/s   p50 us   p99 us   max us"
    }
}
