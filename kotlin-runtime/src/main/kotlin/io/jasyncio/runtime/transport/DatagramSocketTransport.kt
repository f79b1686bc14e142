package io.jasyncio.runtime.transport

import io.jasyncio.ErrorContext
import io.jasyncio.internal.net.EventContext
import io.jasyncio.internal.net.NetworkResource
import io.jasyncio.transport.BaseProtocol
import io.jasyncio.transport.DatagramProtocol
import io.jasyncio.transport.DatagramTransport
import io.jasyncio.transport.ExtraInfo
import io.jasyncio.transport.WriteBufferLimits
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.NetworkInterface
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.ClosedChannelException
import java.nio.channels.DatagramChannel
import java.nio.channels.MembershipKey

/**
 * A socket for datagrams (asyncio's `_SelectorDatagramTransport`). What goes wrong with one datagram is told to the protocol, and the
 * socket lives on: on a network without promises no single failure means anything for the next datagram. Loop only.
 */
internal class DatagramSocketTransport(
    private val network: Network,
    private val datagrams: Datagrams,
    private val channel: DatagramChannel,
    private var protocol: DatagramProtocol,
) : DatagramTransport,
    NetworkResource {
    /** A life goes through these in their order, and may leave some out. */
    private enum class Life {
        OPEN,

        /** Nothing is received any more; what is in the queue is still being sent. */
        CLOSING,

        /** Nothing is sent any more; `connectionLost` is on the ready queue. */
        LOST,
    }

    private val loop = network.loop
    private val events = EventContext()

    // Asked now, since they are told as long as the transport lives, which is longer than the socket does.
    private val localAddress: SocketAddress? = channel.localAddress
    private val peerAddress: SocketAddress? = channel.remoteAddress
    private val watch = network.driver.watch(channel)
    private val readItem = events.item("readReady", this, ::readReady)
    private val queue = DatagramQueue(loop, this, datagrams, channel)
    private val writeItem = events.item("writeReady", this, ::writeReady)
    private var life = Life.OPEN
    private var droppedWrites = 0

    init {
        watch.owner = this
        network.host.opened(this)
    }

    /** Tells the protocol, and then begins to receive. */
    fun start(begun: () -> Unit) {
        loop.schedule(
            events.item("connectionMade", this) {
                try {
                    protocol.connectionMade(this)
                } catch (failure: Throwable) {
                    report("Fatal error: protocol.connectionMade() call failed.", failure)
                    abort()
                }
            },
        )
        loop.schedule(
            events.item("start", this) {
                if (life == Life.OPEN) {
                    watch.reader = readItem
                }
                begun()
            },
        )
    }

    // ---- Receiving -------------------------------------------------------------------------------------------------

    /** A flood must not keep all others waiting; what is left is told of again in the next pass. */
    private fun readReady() {
        for (i in 1..RECEIVED_AT_ONCE) {
            if (life != Life.OPEN || !receiveOne()) {
                return
            }
        }
    }

    /** Returns whether there may be another one. */
    private fun receiveOne(): Boolean {
        val buffer = datagrams.emptyReceiveBuffer()
        val sender =
            try {
                channel.receive(buffer) ?: return false
            } catch (failure: IOException) {
                failed(failure)
                return true
            }
        tell("datagramReceived") { it.datagramReceived(buffer.flip(), sender) }
        return true
    }

    // ---- Sending ---------------------------------------------------------------------------------------------------

    override fun sendTo(
        data: ByteBuffer,
        target: SocketAddress?,
    ) {
        requireLoop("sendTo")
        requireTarget(target)
        if (life == Life.LOST) {
            droppedWrites++
            if (droppedWrites >= TOLERATED_WRITES) {
                loop.services().logWarning("sendTo on a transport that is closed: $this")
            }
        } else {
            try {
                if (!queue.send(data, target ?: peerAddress)) {
                    watch.writer = writeItem
                    queue.grown(protocol)
                }
            } catch (failure: IOException) {
                failed(failure)
            }
        }
        data.position(data.limit())
    }

    private fun requireTarget(target: SocketAddress?) {
        if (peerAddress != null) {
            require(target == null || target == peerAddress) { "this endpoint reaches $peerAddress alone, and not $target" }
        } else {
            requireNotNull(target) { "target is null, and the endpoint is not connected" }
            require(target !is InetSocketAddress || !target.isUnresolved) {
                "target has no IP address, its name was not looked up: $target"
            }
        }
    }

    private fun writeReady() {
        for (i in 1..SENT_AT_ONCE) {
            if (queue.isEmpty) break
            try {
                if (!queue.sendFirst()) break
            } catch (failure: IOException) {
                failed(failure)
            }
        }
        if (life == Life.LOST) {
            return
        }
        queue.shrunk(protocol)
        if (queue.isEmpty) {
            watch.writer = null
            if (life == Life.CLOSING) lose(null)
        }
    }

    override fun getWriteBufferSize(): Int = queue.size

    override fun getWriteBufferLimits(): WriteBufferLimits = queue.limits

    override fun setWriteBufferLimits(limits: WriteBufferLimits) {
        requireLoop("setWriteBufferLimits")
        queue.limits = limits
        queue.grown(protocol)
    }

    // ---- What goes wrong -------------------------------------------------------------------------------------------

    private fun failed(failure: IOException) {
        if (failure is ClosedChannelException) {
            // Somebody has closed it behind our back: there would be no end of failures.
            lose(failure)
        } else {
            tell("errorReceived") { it.errorReceived(failure) }
        }
    }

    /** One datagram that a protocol chokes on, perhaps of somebody who wants just that, does not end the service for all others. */
    private inline fun tell(
        method: String,
        call: (DatagramProtocol) -> Unit,
    ) {
        try {
            call(protocol)
        } catch (failure: Throwable) {
            report("protocol.$method() call failed.", failure)
        }
    }

    private fun report(
        message: String,
        failure: Throwable,
    ) = loop.callExceptionHandler(ErrorContext(message, failure, this))

    // ---- The end ---------------------------------------------------------------------------------------------------

    override fun close() {
        requireLoop("close")
        if (life == Life.OPEN) {
            life = Life.CLOSING
            watch.reader = null
            if (queue.isEmpty) lose(null)
        }
    }

    override fun abort() {
        requireLoop("abort")
        lose(null)
    }

    private fun lose(reason: Exception?) {
        if (life != Life.LOST) {
            life = Life.LOST
            watch.reader = null
            watch.writer = null
            queue.clear()
            loop.schedule(events.item("connectionLost", this) { finish(reason) })
        }
    }

    private fun finish(reason: Exception?) {
        try {
            protocol.connectionLost(reason)
        } finally {
            network.host.closed(this)
            release()
        }
    }

    override fun release() {
        watch.cancel()
        channel.close()
    }

    override fun isClosing(): Boolean = life != Life.OPEN

    // ---- Facts -----------------------------------------------------------------------------------------------------

    override fun joinGroup(
        group: InetAddress,
        network: NetworkInterface,
    ): MembershipKey {
        requireLoop("joinGroup")
        return channel.join(group, network)
    }

    override fun getProtocol(): BaseProtocol = protocol

    override fun setProtocol(protocol: BaseProtocol) {
        requireLoop("setProtocol")
        require(protocol is DatagramProtocol) { "datagrams need a DatagramProtocol: $protocol" }
        this.protocol = protocol
    }

    @Suppress("UNCHECKED_CAST") // each key is of the type of its value
    override fun <T : Any> getExtraInfo(key: ExtraInfo<T>): T? =
        when (key) {
            ExtraInfo.PEER_ADDRESS -> peerAddress
            ExtraInfo.LOCAL_ADDRESS -> localAddress
            ExtraInfo.CHANNEL -> channel
            else -> null
        } as T?

    private fun requireLoop(method: String) = loop.services().requireOwnThread(method)

    override fun toString(): String = "DatagramTransport[$localAddress -> ${peerAddress ?: "anybody"}, ${life.name.lowercase()}]"

    private companion object {
        const val RECEIVED_AT_ONCE = 64
        const val SENT_AT_ONCE = 64
        const val TOLERATED_WRITES = 5
    }
}
