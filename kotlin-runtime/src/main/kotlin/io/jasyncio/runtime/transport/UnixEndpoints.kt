package io.jasyncio.runtime.transport

import io.jasyncio.stream.Server
import io.jasyncio.transport.ConnectOptions
import io.jasyncio.transport.Connection
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.ServerOptions
import io.jasyncio.transport.Transport
import java.nio.file.Path
import java.util.function.Supplier

/** Unix domain sockets, both ways (S116). Loop only. */
internal class UnixEndpoints(
    private val network: Network,
    private val establishing: Establishing,
) {
    suspend fun <P : Protocol> connect(
        factory: Supplier<out P>,
        path: Path,
        options: ConnectOptions,
    ): Connection<Transport, P> = throw UnsupportedOperationException()

    suspend fun listen(
        factory: Supplier<out Protocol>,
        path: Path,
        options: ServerOptions,
    ): Server = throw UnsupportedOperationException()
}
