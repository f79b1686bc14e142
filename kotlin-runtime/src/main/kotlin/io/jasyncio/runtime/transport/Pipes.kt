package io.jasyncio.runtime.transport

import io.jasyncio.transport.Connection
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.ReadTransport
import io.jasyncio.transport.WriteTransport
import java.io.InputStream
import java.io.OutputStream
import java.nio.channels.Pipe
import java.util.function.Supplier

/** Transports of pipes, and of blocking streams by means of a thread. Loop only. */
internal class Pipes(
    private val network: Network,
) {
    suspend fun <P : Protocol> read(
        factory: Supplier<out P>,
        pipe: Pipe.SourceChannel,
    ): Connection<ReadTransport, P> = throw UnsupportedOperationException()

    suspend fun <P : Protocol> read(
        factory: Supplier<out P>,
        blocking: InputStream,
    ): Connection<ReadTransport, P> = throw UnsupportedOperationException()

    suspend fun <P : Protocol> write(
        factory: Supplier<out P>,
        pipe: Pipe.SinkChannel,
    ): Connection<WriteTransport, P> = throw UnsupportedOperationException()

    suspend fun <P : Protocol> write(
        factory: Supplier<out P>,
        blocking: OutputStream,
    ): Connection<WriteTransport, P> = throw UnsupportedOperationException()
}
