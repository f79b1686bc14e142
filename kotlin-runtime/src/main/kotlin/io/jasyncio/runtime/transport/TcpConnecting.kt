package io.jasyncio.runtime.transport

import io.jasyncio.ExceptionGroup
import io.jasyncio.transport.ConnectOptions
import kotlinx.coroutines.suspendCancellableCoroutine
import java.io.IOException
import java.net.ConnectException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.UnknownHostException
import java.nio.channels.SocketChannel
import kotlin.coroutines.resume

/** Connects to a host, by whichever of its addresses can be reached (S111). Loop only. */
internal class TcpConnecting(
    private val network: Network,
    private val options: ConnectOptions,
) {
    private var localAddresses: List<InetSocketAddress>? = null

    suspend fun connect(
        host: String,
        port: Int,
    ): SocketChannel {
        val addresses = remoteAddresses(host)
        localAddresses = options.localAddress()?.let { localAddresses(it) }
        val delay = options.happyEyeballsDelay()
        if (delay == null || addresses.size == 1) {
            return inTurn(addresses, port)
        }
        val race = Race(addresses, delay) { connectTo(InetSocketAddress(it, port)) }
        return race.run() ?: throw combined(race.failures())
    }

    private suspend fun remoteAddresses(host: String): List<InetAddress> {
        val family = options.family()
        val wanted = network.names.addresses(host).filter { family == null || it.family == family }
        if (wanted.isEmpty()) {
            throw UnknownHostException("$host has no address of the family $family")
        }
        return interleaved(wanted)
    }

    /** The families take turns, after so many of the first one (RFC 8305, section 4). */
    private fun interleaved(addresses: List<InetAddress>): List<InetAddress> {
        val count = options.interleave()
        val (ofFirst, others) = addresses.partition { it.family == addresses.first().family }
        if (count == 0 || others.isEmpty()) {
            return addresses
        }
        val ahead = ofFirst.take(count - 1)
        val rest = ofFirst.drop(count - 1)
        return ahead + (0 until maxOf(rest.size, others.size)).flatMap { listOfNotNull(rest.getOrNull(it), others.getOrNull(it)) }
    }

    /** A name may have an address of each family. */
    private suspend fun localAddresses(local: InetSocketAddress): List<InetSocketAddress> =
        if (local.isUnresolved) {
            network.names.addresses(local.hostString).map { InetSocketAddress(it, local.port) }
        } else {
            listOf(local)
        }

    // ---- Attempts --------------------------------------------------------------------------------------------------

    private suspend fun inTurn(
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
        val channel = naming(address) { openFor(address.address.family, SocketChannel::open) }
        try {
            naming(address) {
                SocketPort.prepare(channel)
                options.applyTo(channel)
            }
            bind(channel, address)
            naming(address) {
                var connected = channel.connect(address)
                while (!connected) {
                    awaitConnectable(channel)
                    connected = channel.finishConnect()
                }
            }
            return channel
        } catch (failure: Throwable) {
            network.driver.watchOrNull(channel)?.cancel()
            channel.close()
            throw failure
        }
    }

    /** To the first local address that can be had. */
    private fun bind(
        channel: SocketChannel,
        remote: InetSocketAddress,
    ) {
        val local = localAddresses ?: return
        var failure: IOException? = null
        for (address in local.mapNotNull { it.forPeerOf(remote.address) }) {
            try {
                naming(address) { channel.bind(address) }
                return
            } catch (taken: IOException) {
                failure = taken
            }
        }
        throw failure ?: IOException("no local address to connect to ${remote.text} from: $local")
    }

    /** This address if it is of the same family; a wildcard is one of any. */
    private fun InetSocketAddress.forPeerOf(remote: InetAddress): InetSocketAddress? =
        when {
            address.family == remote.family -> this
            address.isAnyLocalAddress -> InetSocketAddress(anyOf(remote.family), port)
            else -> null
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

    // ---- Failure ---------------------------------------------------------------------------------------------------

    private fun combined(failures: List<IOException>): Exception {
        if (options.allErrors()) {
            return ExceptionGroup("createConnection failed", failures)
        }
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
