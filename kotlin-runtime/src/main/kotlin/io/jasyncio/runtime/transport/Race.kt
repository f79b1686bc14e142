package io.jasyncio.runtime.transport

import kotlinx.coroutines.Job
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import java.io.Closeable
import java.io.IOException
import java.time.Duration
import kotlin.time.toKotlinDuration

/**
 * Happy Eyeballs (RFC 8305, section 5): connects to several addresses side by side and takes whichever answers first. Loop
 * only.
 *
 * One attempt begins when the one before it has failed, or has not answered within the delay; not for both reasons. The first
 * that connects wins, in the very step that sees it connected: there cannot be two. The others are cancelled, and have closed
 * their channels before the result is given.
 *
 * @param connect gives a channel or fails with an [IOException]; closes what it has opened if it fails or is cancelled
 */
internal class Race<A, C : Closeable>(
    private val addresses: List<A>,
    private val delay: Duration,
    private val connect: suspend (A) -> C,
) {
    private var winner: C? = null
    private val attempts = mutableListOf<Job>()
    private val failures = arrayOfNulls<IOException>(addresses.size)

    /** The winner; null if all have failed, see [failures]. */
    suspend fun run(): C? {
        try {
            coroutineScope {
                for (index in addresses.indices) {
                    val attempt = launch { attempt(index) }
                    attempts += attempt
                    withTimeoutOrNull(delay.toKotlinDuration()) { attempt.join() }
                    if (winner != null) break
                }
            }
        } catch (stopped: Throwable) {
            // Also after the race was won: nobody gets the channel.
            winner?.close()
            throw stopped
        }
        return winner
    }

    /** Why each of the addresses failed, in their order. */
    fun failures(): List<IOException> = failures.filterNotNull()

    private suspend fun attempt(index: Int) {
        val connected =
            try {
                connect(addresses[index])
            } catch (failure: IOException) {
                failures[index] = failure
                return
            }
        if (winner != null) {
            connected.close()
            return
        }
        winner = connected
        attempts.forEach { it.cancel() }
    }
}
