package io.jasyncio.runtime.transport

import io.jasyncio.coroutines.await
import io.jasyncio.spi.LoopRuntime
import java.net.InetAddress

private val IPV4 = Regex("""\d{1,3}(\.\d{1,3}){3}""")

/**
 * The addresses of a host. A name is looked up in the default executor, since Java's lookup blocks.
 *
 * @throws java.net.UnknownHostException if there are none
 */
internal suspend fun resolve(
    loop: LoopRuntime,
    host: String,
): List<InetAddress> =
    if (isNumeric(host)) {
        listOf(InetAddress.getByName(host))
    } else {
        loop.runInExecutor(null) { InetAddress.getAllByName(host).asList() }.await()
    }

/** Whether this is an address and no name. Java would look up in the network what is neither. */
private fun isNumeric(host: String): Boolean =
    ':' in host || IPV4.matches(host) && host.split('.').all { it.toInt() <= 255 }
