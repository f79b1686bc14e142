package io.jasyncio.runtime.transport

import io.jasyncio.transport.ConnectOptions
import kotlinx.coroutines.suspendCancellableCoroutine
import java.io.IOException
import java.net.ConnectException
import java.net.Inet4Address
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.StandardProtocolFamily
import java.nio.channels.SocketChannel
import java.nio.channels.UnsupportedAddressTypeException
import kotlin.coroutines.resume

/** Connects to a host: tries its addresses one after the other (S111). Loop only. */
internal class TcpConnecting(
    private val network: Network,
    private val options: ConnectOptions,
) {
    suspend fun connect(
        host: String,
        port: Int,
    ): SocketChannel = connectToAny(network.names.addresses(host), port)

    private fun close(channel: SocketChannel) {
        network.driver.watchOrNull(channel)?.cancel()
        channel.close()
    }

    private suspend fun connectToAny(
        addresses: List<InetAddress>,
        port: Int,
    ): SocketChannel {
        val failures = mutableListOf<IOException>()
        for (address in addresses) {
            try {
                return connectTo(InetSocketAddress(address, port))
            } catch (failure: IOException) {
                failures += failure
            }
        }
        throw combined(failures)
    }

    private suspend fun connectTo(address: InetSocketAddress): SocketChannel {
        val family = if (address.address is Inet4Address) StandardProtocolFamily.INET else StandardProtocolFamily.INET6
        val channel = SocketChannel.open(family)
        try {
            SocketPort.prepare(channel)
            options.applyTo(channel)
            options.localAddress()?.let { bind(channel, it, address) }
            if (!channel.connect(address)) {
                awaitConnectable(channel)
                channel.finishConnect()
            }
            return channel
        } catch (refused: ConnectException) {
            close(channel)
            // The system's own text says neither where nor which of several addresses.
            throw ConnectException("${refused.message}: ${address.address.hostAddress}:${address.port}").apply { initCause(refused) }
        } catch (failure: Throwable) {
            close(channel)
            throw failure
        }
    }

    private fun bind(
        channel: SocketChannel,
        local: InetSocketAddress,
        remote: InetSocketAddress,
    ) {
        try {
            channel.bind(local)
        } catch (otherFamily: UnsupportedAddressTypeException) {
            throw IOException("cannot connect from ${local.address} to ${remote.address}", otherFamily)
        }
    }

    private suspend fun awaitConnectable(channel: SocketChannel) {
        val watch = network.driver.watch(channel)
        try {
            suspendCancellableCoroutine { continuation ->
                watch.writer =
                    Runnable {
                        watch.writer = null
                        if (continuation.isActive) {
                            continuation.resume(Unit)
                        }
                    }
            }
        } finally {
            watch.writer = null
        }
    }

    private fun combined(failures: List<IOException>): IOException {
        val first = failures.first()
        if (failures.all { it.message == first.message }) {
            return first
        }
        val message = "Multiple exceptions: " + failures.joinToString { "${it.message}" }
        val all = if (failures.all { it is ConnectException }) ConnectException(message) else IOException(message)
        failures.forEach(all::addSuppressed)
        return all
    }
}
