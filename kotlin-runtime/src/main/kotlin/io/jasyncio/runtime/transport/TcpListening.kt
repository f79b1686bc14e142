package io.jasyncio.runtime.transport

import io.jasyncio.transport.ServerOptions
import java.io.IOException
import java.net.BindException
import java.net.Inet4Address
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ProtocolFamily
import java.net.StandardProtocolFamily
import java.net.StandardSocketOptions
import java.nio.channels.ServerSocketChannel

/** Opens the listening sockets of a server. Loop only. */
internal class TcpListening(
    private val network: Network,
    private val options: ServerOptions,
) {
    private val channels = mutableListOf<ServerSocketChannel>()

    suspend fun open(
        host: String?,
        port: Int,
    ): List<ServerSocketChannel> {
        try {
            if (host.isNullOrEmpty()) {
                // One socket for IPv4 and IPv6 alike: what Java opens where no family is named.
                bind(InetSocketAddress(port), null)
            } else {
                bindAll(network.names.addresses(host), port)
            }
        } catch (failure: Throwable) {
            channels.forEach(ServerSocketChannel::close)
            throw failure
        }
        return channels
    }

    private fun bindAll(
        addresses: List<InetAddress>,
        port: Int,
    ) {
        var missing: BindException? = null
        for (address in addresses.distinct()) {
            val family = if (address is Inet4Address) StandardProtocolFamily.INET else StandardProtocolFamily.INET6
            try {
                bind(InetSocketAddress(address, port), family)
            } catch (failure: BindException) {
                // A name may stand for addresses that this machine does not have: that is an error only if it has none.
                missing = if (isNoAddressOfThisMachine(failure)) failure else throw failure
            }
        }
        if (channels.isEmpty()) {
            throw missing ?: IOException("no address to listen on")
        }
    }

    /** Java does not hand the system's error number on, only its text. */
    private fun isNoAddressOfThisMachine(failure: BindException): Boolean = failure.message.orEmpty().contains("assign requested address")

    private fun bind(
        address: InetSocketAddress,
        family: ProtocolFamily?,
    ) {
        val channel = if (family == null) ServerSocketChannel.open() else ServerSocketChannel.open(family)
        channels += channel
        channel.configureBlocking(false)
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, options.reuseAddress())
        if (options.reusePort()) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true)
        }
        try {
            channel.bind(address, options.backlog())
        } catch (failure: BindException) {
            channels -= channel
            channel.close()
            throw BindException("${failure.message}: ${address.address.hostAddress}:${address.port}").apply { initCause(failure) }
        }
    }
}
