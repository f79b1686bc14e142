package io.jasyncio.runtime.transport

import io.jasyncio.coroutines.await
import io.jasyncio.spi.LoopRuntime
import java.net.InetAddress
import java.net.InetSocketAddress

/** Finds addresses of names and names of addresses, off the loop. Loop only. */
internal class Names(
    private val loop: LoopRuntime,
) {
    /**
     * The addresses of a host, at least one.
     *
     * @throws java.net.UnknownHostException if there are none
     */
    suspend fun addresses(host: String): List<InetAddress> {
        if (isNumeric(host)) {
            return listOf(InetAddress.getByName(host))
        }
        val resolver = loop.options().resolver()
        return loop.runInExecutor(null) { resolver.resolve(host) }.await()
    }

    /** The name of an address, or the address itself as text if it has none. */
    suspend fun nameOf(address: InetSocketAddress): String = loop.runInExecutor(null) { address.address.canonicalHostName }.await()

    /** Whether this is an address and no name. Java would look up in the network what is neither. */
    private fun isNumeric(host: String): Boolean =
        ':' in host || IPV4.matches(host) && host.split('.').all { it.toInt() <= MAX_BYTE }

    private companion object {
        val IPV4 = Regex("""\d{1,3}(\.\d{1,3}){3}""")
        const val MAX_BYTE = 255
    }
}
