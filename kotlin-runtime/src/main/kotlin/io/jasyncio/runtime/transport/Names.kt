package io.jasyncio.runtime.transport

import io.jasyncio.DefaultExecutor
import io.jasyncio.coroutines.await
import io.jasyncio.spi.LoopRuntime
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.UnknownHostException
import java.util.concurrent.ExecutorService

/**
 * Finds addresses of names and names of addresses, off the loop. Loop only.
 *
 * In threads of its own: a name server that does not answer would otherwise fill the default executor with lookups, and a
 * full default executor would let no connection through.
 */
internal class Names(
    private val loop: LoopRuntime,
) {
    private var pool: ExecutorService? = null

    /**
     * The addresses of a host, at least one.
     *
     * @throws UnknownHostException if there are none
     */
    suspend fun addresses(host: String): List<InetAddress> {
        if (isNumeric(host)) {
            return listOf(InetAddress.getByName(host))
        }
        val resolver = loop.options().resolver()
        val found = elsewhere { resolver.resolve(host) }
        return found.ifEmpty { throw UnknownHostException("$host has no address") }
    }

    /** The name of an address, or the address itself as text if it has none. */
    suspend fun nameOf(address: InetAddress): String = elsewhere { address.canonicalHostName }

    private suspend fun <T> elsewhere(lookUp: () -> T): T = loop.runInExecutor(pool(), lookUp).await()

    private fun pool(): ExecutorService = pool ?: DefaultExecutor.newPool("jasyncio-resolver", THREADS).also { pool = it }

    /** The loop is closed: what has not begun never does, and nobody waits for the rest. */
    fun close() {
        pool?.shutdownNow()
    }

    /** Whether this is an address and no name. Java would look up in the network what is neither. */
    private fun isNumeric(host: String): Boolean =
        ':' in host || IPV4.matches(host) && host.split('.').all { it.toInt() <= MAX_BYTE }

    private companion object {
        val IPV4 = Regex("""\d{1,3}(\.\d{1,3}){3}""")
        const val MAX_BYTE = 255
        const val THREADS = 4
    }
}
