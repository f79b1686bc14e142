package io.jasyncio.runtime.transport

import io.jasyncio.LoopFuture
import io.jasyncio.internal.net.FilePieces
import io.jasyncio.internal.net.StreamTransport
import io.jasyncio.internal.net.tls.TlsTransport
import io.jasyncio.transport.Connection
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.TlsOptions
import io.jasyncio.transport.Transport
import kotlinx.coroutines.suspendCancellableCoroutine
import java.nio.channels.SocketChannel
import java.util.function.Supplier
import kotlin.coroutines.cancellation.CancellationException
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException

/** Makes a connection of a connected channel: protocol, transport, and TLS between them where it is wanted (S108). Loop only. */
internal class Establishing(
    private val network: Network,
) {
    /** Takes a channel that somebody else has connected: it is closed if this fails, as by all that follows. */
    fun prepare(
        channel: SocketChannel,
        applyOptions: (SocketChannel) -> Unit,
    ) {
        try {
            SocketPort.prepare(channel)
            applyOptions(channel)
        } catch (failure: Throwable) {
            close(channel)
            throw failure
        }
    }

    /**
     * On the side of the client.
     *
     * @param host whom the other side must be; null if that is not known
     */
    suspend fun <P : Protocol> client(
        channel: SocketChannel,
        factory: Supplier<out P>,
        host: String?,
        port: Int,
        tls: TlsOptions?,
    ): Connection<Transport, P> =
        connection(channel, factory) { protocol -> tls?.let { TlsTransport.client(network.host, protocol, it, host, port) } }

    /** On the side of the server. */
    suspend fun <P : Protocol> server(
        channel: SocketChannel,
        factory: Supplier<out P>,
        tls: TlsOptions?,
    ): Connection<Transport, P> =
        connection(channel, factory) { protocol -> tls?.let { TlsTransport.server(network.host, protocol, it, null) } }

    private suspend fun <P : Protocol> connection(
        channel: SocketChannel,
        factory: Supplier<out P>,
        tlsFor: (P) -> TlsTransport?,
    ): Connection<Transport, P> {
        val protocol: P
        val tlsTransport: TlsTransport?
        try {
            protocol = factory.get()
            tlsTransport = tlsFor(protocol)
        } catch (failure: Throwable) {
            close(channel)
            throw failure
        }
        return if (tlsTransport == null) plain(channel, protocol) else encrypted(channel, protocol, tlsTransport)
    }

    private suspend fun <P : Protocol> plain(
        channel: SocketChannel,
        protocol: P,
    ): Connection<Transport, P> {
        val transport = StreamTransport(network.host, port(channel), protocol, null)
        try {
            suspendCancellableCoroutine<Unit> { continuation -> transport.start { continuation.resume(Unit) } }
        } catch (cancelled: CancellationException) {
            transport.abort()
            throw cancelled
        }
        return Connection(transport, protocol)
    }

    private suspend fun <P : Protocol> encrypted(
        channel: SocketChannel,
        protocol: P,
        transport: TlsTransport,
    ): Connection<Transport, P> {
        try {
            suspendCancellableCoroutine<Unit> { continuation ->
                transport.whenEstablished { failure ->
                    if (failure == null) continuation.resume(Unit) else continuation.resumeWithException(failure)
                }
                StreamTransport(network.host, port(channel), transport.lowerProtocol(), null).start {}
            }
        } catch (cancelled: CancellationException) {
            transport.abort()
            throw cancelled
        }
        return Connection(transport, protocol)
    }

    private fun port(channel: SocketChannel): SocketPort =
        try {
            SocketPort(network.driver, channel)
        } catch (failure: Throwable) {
            close(channel)
            throw failure
        }

    fun startTls(
        transport: Transport,
        protocol: Protocol,
        tls: TlsOptions,
        serverSide: Boolean,
    ): LoopFuture<Transport> {
        // The handshake would get in between.
        FilePieces.requireNone(transport.protocol, "startTls")
        (transport as? StreamTransport)?.requireNoFile("startTls")
        return TlsTransport.startTls(network.host, transport, protocol, tls, serverSide)
    }

    private fun close(channel: SocketChannel) {
        network.driver.watchOrNull(channel)?.cancel()
        channel.close()
    }
}
