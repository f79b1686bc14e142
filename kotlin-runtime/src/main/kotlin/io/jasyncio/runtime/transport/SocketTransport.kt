package io.jasyncio.runtime.transport

import io.jasyncio.ErrorContext
import io.jasyncio.transport.BaseProtocol
import io.jasyncio.transport.ExtraInfo
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.Transport
import io.jasyncio.transport.WriteBufferLimits
import java.io.IOException
import java.lang.System.Logger.Level
import java.net.SocketAddress
import java.net.StandardSocketOptions
import java.nio.ByteBuffer
import java.nio.channels.SocketChannel

/**
 * A connected socket (asyncio's `_SelectorSocketTransport`, S103-S109). Loop only.
 *
 * Its life: open; closing, while the buffer is still being sent after [close]; lost, when the protocol's `connectionLost`
 * is on the ready queue and nothing is read or sent any more.
 */
internal class SocketTransport(
    private val network: Network,
    private val channel: SocketChannel,
    private var protocol: Protocol,
    private val server: ServerImpl?,
) : Transport,
    SocketOutput.Owner,
    NetworkResource {
    private val loop = network.loop
    private val localAddress: SocketAddress? = channel.localAddress
    private val peerAddress: SocketAddress? = channel.remoteAddress
    override val events = EventContext()
    private val reader = events.item("readReady", this, ::readReady)
    private val watch = network.driver.watch(channel)
    private val output = SocketOutput(network, channel, watch, this)
    private val pressure = WritePressure(loop, this)

    private var closing = false
    private var lost = false
    private var paused = false
    private var eofReceived = false
    private var eofWritten = false
    private var droppedWrites = 0

    init {
        // Small writes go out at once, and not together with the next ones some time later (S111).
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true)
        network.opened(this)
        server?.attach(this)
    }

    /** Tells the protocol, and then begins to read, unless the protocol has paused that (S108). [begun] runs after both. */
    fun start(begun: () -> Unit) {
        loop.schedule(events.item("connectionMade", this) { callProtocol("connectionMade") { protocol.connectionMade(this) } })
        loop.schedule(
            events.item("start", this) {
                updateReading()
                begun()
            },
        )
    }

    // ---- Reading ---------------------------------------------------------------------------------------------------

    override fun isReading(): Boolean = !closing && !paused

    override fun pauseReading() {
        requireLoop("pauseReading")
        paused = true
        updateReading()
    }

    override fun resumeReading() {
        requireLoop("resumeReading")
        paused = false
        updateReading()
    }

    /** After the end of its stream a channel would be reported as readable for ever (J4). */
    private fun updateReading() {
        val wanted = if (isReading && !eofReceived) reader else null
        if (watch.reader !== wanted) {
            watch.reader = wanted
        }
    }

    private fun readReady() {
        if (!isReading) {
            return // Paused or closed by somebody between the poll and now.
        }
        val buffer = network.readBuffer.clear()
        val count =
            try {
                channel.read(buffer)
            } catch (failure: IOException) {
                fatalError("Fatal read error on socket transport", failure)
                return
            }
        when {
            count > 0 -> callProtocol("dataReceived") { protocol.dataReceived(buffer.flip()) }
            count < 0 -> endReached()
        }
    }

    private fun endReached() {
        eofReceived = true
        updateReading()
        callProtocol("eofReceived") {
            if (!protocol.eofReceived()) {
                close()
            }
        }
    }

    private inline fun callProtocol(
        method: String,
        call: () -> Unit,
    ) {
        try {
            call()
        } catch (failure: Throwable) {
            fatalError("Fatal error: protocol.$method() call failed.", failure)
        }
    }

    // ---- Writing ---------------------------------------------------------------------------------------------------

    override fun write(data: ByteBuffer) {
        if (takesWrite("write", data.hasRemaining())) {
            output.send(data)
        }
        data.position(data.limit())
    }

    override fun writelines(chunks: Iterable<ByteArray>) {
        if (takesWrite("writelines", true)) {
            output.sendAll(chunks)
        }
    }

    private fun takesWrite(
        method: String,
        hasData: Boolean,
    ): Boolean {
        requireLoop(method)
        check(!eofWritten) { "cannot call $method() after writeEof()" }
        if (hasData && lost && ++droppedWrites >= TOLERATED_WRITES) {
            loop.services().logWarning("write to a connection that is lost: $this")
        }
        return hasData && !lost
    }

    override fun writeEof() {
        requireLoop("writeEof")
        if (!closing && !eofWritten) {
            eofWritten = true
            if (output.size == 0) {
                shutdownOutput()
            }
        }
    }

    private fun shutdownOutput() {
        try {
            channel.shutdownOutput()
        } catch (failure: IOException) {
            fatalError("Fatal write error on socket transport", failure)
        }
    }

    override fun canWriteEof(): Boolean = true

    override fun getWriteBufferSize(): Int = output.size

    override fun getWriteBufferLimits(): WriteBufferLimits = pressure.limits

    override fun setWriteBufferLimits(limits: WriteBufferLimits) {
        requireLoop("setWriteBufferLimits")
        pressure.limits = limits
        outputGrown()
    }

    override fun outputGrown() = pressure.grown(output.size, protocol)

    override fun outputShrunk() = pressure.shrunk(output.size, protocol)

    override fun outputEmpty() {
        if (closing) {
            lose(null)
        } else if (eofWritten) {
            shutdownOutput()
        }
    }

    override fun outputFailed(failure: IOException) = fatalError("Fatal write error on socket transport", failure)

    // ---- The end ---------------------------------------------------------------------------------------------------

    override fun close() {
        requireLoop("close")
        if (!closing) {
            closing = true
            updateReading()
            if (output.size == 0) {
                lose(null)
            }
        }
    }

    override fun abort() {
        requireLoop("abort")
        lose(null)
    }

    override fun isClosing(): Boolean = closing

    /** A broken connection is an everyday event and the protocol's business; anything else is a bug of somebody's (S109). */
    private fun fatalError(
        message: String,
        failure: Throwable,
    ) {
        if (failure is IOException) {
            Network.LOG.log(Level.DEBUG, { "$message: $this" }, failure)
        } else {
            loop.callExceptionHandler(ErrorContext(message, failure, this))
        }
        lose(failure as? Exception ?: RuntimeException(message, failure))
    }

    /** Nothing is read or sent from now on. The protocol is told by way of the ready queue, never inline (S107). */
    private fun lose(reason: Exception?) {
        if (!lost) {
            lost = true
            closing = true
            updateReading()
            output.discard()
            loop.schedule(events.item("connectionLost", this) { finish(reason) })
        }
    }

    private fun finish(reason: Exception?) {
        try {
            protocol.connectionLost(reason)
        } finally {
            network.closed(this)
            release()
            server?.detach(this)
        }
    }

    override fun release() {
        watch.cancel()
        channel.close()
    }

    // ---- Facts -----------------------------------------------------------------------------------------------------

    override fun getProtocol(): BaseProtocol = protocol

    override fun setProtocol(protocol: BaseProtocol) {
        requireLoop("setProtocol")
        require(protocol is Protocol) { "a socket needs a Protocol: $protocol" }
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

    override fun toString(): String {
        val state = if (lost) {
            "closed"
        } else if (closing) {
            "closing"
        } else {
            "open"
        }
        return "SocketTransport[$localAddress -> $peerAddress, $state]"
    }

    private companion object {
        /** How many writes after the end are dropped without a word (S105). */
        const val TOLERATED_WRITES = 5
    }
}
