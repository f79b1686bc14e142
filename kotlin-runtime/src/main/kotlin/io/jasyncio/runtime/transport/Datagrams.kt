package io.jasyncio.runtime.transport

import io.jasyncio.transport.Connection
import io.jasyncio.transport.DatagramOptions
import io.jasyncio.transport.DatagramProtocol
import io.jasyncio.transport.DatagramTransport
import java.util.function.Supplier

/** Opens sockets for datagrams. Loop only. */
internal class Datagrams(
    private val network: Network,
) {
    suspend fun <P : DatagramProtocol> open(
        factory: Supplier<out P>,
        options: DatagramOptions,
    ): Connection<DatagramTransport, P> = throw UnsupportedOperationException()
}
