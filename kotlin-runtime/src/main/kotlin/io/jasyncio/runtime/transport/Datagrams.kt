package io.jasyncio.runtime.transport

import io.jasyncio.transport.Connection
import io.jasyncio.transport.DatagramOptions
import io.jasyncio.transport.DatagramProtocol
import io.jasyncio.transport.DatagramTransport
import kotlinx.coroutines.suspendCancellableCoroutine
import java.io.IOException
import java.net.BindException
import java.net.Inet4Address
import java.net.InetSocketAddress
import java.net.ProtocolFamily
import java.net.SocketAddress
import java.net.SocketException
import java.net.StandardProtocolFamily
import java.net.StandardSocketOptions
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel
import java.util.function.Supplier
import kotlin.coroutines.cancellation.CancellationException
import kotlin.coroutines.resume

/** Opens sockets for datagrams, and has what those of one loop share. Loop only. */
internal class Datagrams(
    private val network: Network,
) {
    // Two, since a protocol may answer while it looks at what it has received.
    private val receiveBuffer by lazy(LazyThreadSafetyMode.NONE) { ByteBuffer.allocateDirect(BUFFER_BYTES) }
    private val sendBuffer by lazy(LazyThreadSafetyMode.NONE) { ByteBuffer.allocateDirect(BUFFER_BYTES) }

    /** One for all, since it is free again before the next datagram is received (J13). None is larger, so that none is cut. */
    fun emptyReceiveBuffer(): ByteBuffer = receiveBuffer.clear()

    /** Where bytes from arrays are put on their way out. */
    fun emptySendBuffer(): ByteBuffer = sendBuffer.clear()

    suspend fun <P : DatagramProtocol> open(
        factory: Supplier<out P>,
        options: DatagramOptions,
    ): Connection<DatagramTransport, P> {
        val channel = options.channel() ?: newChannel(familyOf(options))
        val (transport, protocol) =
            try {
                prepare(channel, options)
                val protocol = factory.get()
                DatagramSocketTransport(network, this, channel, protocol) to protocol
            } catch (failure: Throwable) {
                channel.close()
                throw failure
            }
        try {
            suspendCancellableCoroutine<Unit> { continuation -> transport.start { continuation.resume(Unit) } }
        } catch (cancelled: CancellationException) {
            transport.abort()
            throw cancelled
        }
        return Connection(transport, protocol)
    }

    private fun newChannel(family: ProtocolFamily?) = if (family == null) DatagramChannel.open() else DatagramChannel.open(family)

    /** Null for both: what Java opens where no family is named. */
    private fun familyOf(options: DatagramOptions): ProtocolFamily? {
        options.family()?.let { return it }
        val address = (options.localAddress() ?: options.remoteAddress()) as? InetSocketAddress ?: return null
        return if (address.address is Inet4Address) StandardProtocolFamily.INET else StandardProtocolFamily.INET6
    }

    private fun prepare(
        channel: DatagramChannel,
        options: DatagramOptions,
    ) {
        channel.configureBlocking(false)
        if (options.reusePort()) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true)
        }
        options.applyTo(channel)
        // Without an address of its own a socket receives nothing, and could not tell where it is.
        if (options.localAddress() != null || channel.localAddress == null && options.remoteAddress() == null) {
            naming(options.localAddress()) { channel.bind(options.localAddress()) }
        }
        options.remoteAddress()?.let { remote -> naming(remote) { channel.connect(remote) } }
    }

    /** The system's own text does not say which address. */
    private inline fun naming(
        address: SocketAddress?,
        action: () -> Unit,
    ) {
        try {
            action()
        } catch (failure: BindException) {
            throw BindException("${failure.message}: $address").apply { initCause(failure) }
        } catch (failure: SocketException) {
            throw SocketException("${failure.message}: $address").apply { initCause(failure) }
        } catch (otherFamily: IllegalArgumentException) {
            throw IOException("an address of another family: $address", otherFamily)
        }
    }

    private companion object {
        const val BUFFER_BYTES = 64 * 1024
    }
}
