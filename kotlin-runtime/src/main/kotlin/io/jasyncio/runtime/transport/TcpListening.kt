package io.jasyncio.runtime.transport

import io.jasyncio.transport.ServerOptions
import java.io.IOException
import java.net.BindException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.StandardSocketOptions
import java.net.UnknownHostException
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel

/** Opens the listening sockets of a server. Loop only. */
internal class TcpListening(
    private val network: Network,
    private val options: ServerOptions,
) {
    suspend fun open(
        host: String?,
        port: Int,
    ): List<ServerSocketChannel> {
        checkOptions()
        if (host.isNullOrEmpty()) {
            return listOf(everywhere(port))
        }
        val family = options.family()
        val addresses = network.names.addresses(host).filter { family == null || it.family == family }.distinct()
        if (addresses.isEmpty()) {
            throw UnknownHostException("$host has no address of the family $family")
        }
        return onAll(addresses, port)
    }

    /** What accepted connections are to be given must be wrong now, and not with each of them. */
    private fun checkOptions() {
        SocketChannel.open().use(options::applyTo)
    }

    /** Without a family, one socket for IPv4 and IPv6 alike: what Java opens then. */
    private fun everywhere(port: Int): ServerSocketChannel {
        val family = options.family() ?: return listen(InetSocketAddress(port), ServerSocketChannel::open)
        val address = InetSocketAddress(anyOf(family), port)
        return listen(address) { openFor(family, ServerSocketChannel::open) }
    }

    private fun onAll(
        addresses: List<InetAddress>,
        port: Int,
    ): List<ServerSocketChannel> {
        repeat(MOST_TRIES) {
            listenOnAll(addresses, port)?.let { return it }
        }
        throw BindException("no port is free on all of $addresses")
    }

    /**
     * Listens on all addresses that this machine has. Where any port will do, it is the same one for all: who looks the name up
     * may get any of the addresses.
     *
     * @return null if any port would do, but the one that the first address got is taken on another
     */
    private fun listenOnAll(
        addresses: List<InetAddress>,
        port: Int,
    ): List<ServerSocketChannel>? {
        val channels = mutableListOf<ServerSocketChannel>()
        var missing: IOException? = null
        try {
            for (address in addresses) {
                val first = channels.firstOrNull()?.localAddress as InetSocketAddress?
                try {
                    channels += listenOn(InetSocketAddress(address, first?.port ?: port))
                } catch (failure: IOException) {
                    // A name may stand for addresses that this machine does not have: that is an error only if it has none.
                    if (isOfThisMachine(address)) throw failure
                    missing = failure
                }
            }
        } catch (failure: Throwable) {
            channels.forEach(ServerSocketChannel::close)
            if (port == 0 && channels.isNotEmpty() && failure is BindException) return null
            throw failure
        }
        return channels.ifEmpty { throw missing ?: IOException("no address to listen on") }
    }

    /** Java does not hand on the system's error number. But an address of this machine has a free port. */
    private fun isOfThisMachine(address: InetAddress): Boolean =
        try {
            openFor(address.family, ServerSocketChannel::open).use { it.bind(InetSocketAddress(address, 0)) }
            true
        } catch (_: IOException) {
            false
        }

    private fun listenOn(address: InetSocketAddress): ServerSocketChannel =
        listen(address) { openFor(address.address.family, ServerSocketChannel::open) }

    private fun listen(
        address: InetSocketAddress,
        open: () -> ServerSocketChannel,
    ): ServerSocketChannel =
        naming(address) {
            val channel = open()
            try {
                channel.configureBlocking(false)
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, options.reuseAddress())
                if (options.reusePort()) {
                    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true)
                }
                channel.bind(address, options.backlog())
            } catch (failure: Throwable) {
                channel.close()
                throw failure
            }
        }

    private companion object {
        /** Each fails only if a port is free on one address, and taken on another. */
        const val MOST_TRIES = 20
    }
}
