package io.jasyncio.runtime.transport

import io.jasyncio.Context
import io.jasyncio.LoopChannels
import io.jasyncio.LoopFuture
import io.jasyncio.internal.net.FilePart
import io.jasyncio.runtime.io.ChannelWatch
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.runtime.loop.CallbackHandle
import io.jasyncio.runtime.transport.ChannelOperation.Direction
import io.jasyncio.runtime.transport.ChannelOperation.Direction.READ
import io.jasyncio.runtime.transport.ChannelOperation.Direction.WRITE
import io.jasyncio.spi.LoopRuntime
import java.net.ConnectException
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel
import java.nio.channels.FileChannel
import java.nio.channels.SelectableChannel
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel

/** Channels that callers bring: `add_reader`, `sock_recv` and their kin. Loop only. */
internal class RawChannels(
    private val driver: IoDriver,
) : LoopChannels {
    private lateinit var loop: LoopRuntime

    fun attach(loop: LoopRuntime) {
        this.loop = loop
    }

    // ---- Readiness -------------------------------------------------------------------------------------------------

    override fun addReader(
        channel: SelectableChannel,
        callback: Runnable,
    ) {
        val watch = watchOf(channel, "addReader", READ)
        // The one that is replaced may stand on the ready queue already.
        cancel(watch.reader)
        watch.reader = handleOf(callback)
    }

    override fun removeReader(channel: SelectableChannel): Boolean = remove(channel, "removeReader", READ)

    override fun addWriter(
        channel: SelectableChannel,
        callback: Runnable,
    ) {
        val watch = watchOf(channel, "addWriter", WRITE)
        cancel(watch.writer)
        watch.writer = handleOf(callback)
    }

    override fun removeWriter(channel: SelectableChannel): Boolean = remove(channel, "removeWriter", WRITE)

    private fun remove(
        channel: SelectableChannel,
        method: String,
        direction: Direction,
    ): Boolean {
        loop.services().requireOwnThread(method)
        val watch = driver.watchOrNull(channel) ?: return false
        requireNoTransport(watch)
        // An operation that waits is ended by its own cancel() alone.
        if (!cancel(direction.waiterOf(watch))) return false
        direction.set(watch, null)
        if (watch.reader == null && watch.writer == null) watch.cancel()
        return true
    }

    private fun watchOf(
        channel: SelectableChannel,
        method: String,
        direction: Direction,
    ): ChannelWatch {
        loop.services().requireUsable(method)
        val watch = driver.watch(channel)
        requireNoTransport(watch)
        val waiter = direction.waiterOf(watch)
        check(waiter !is ChannelOperation<*>) { "an operation waits on the channel: $waiter" }
        return watch
    }

    private fun requireNoTransport(watch: ChannelWatch) {
        require(watch.owner == null) { "the channel is used by a transport: ${watch.owner}" }
    }

    private fun handleOf(callback: Runnable) =
        CallbackHandle(callback, Context.capture(), if (loop.isDebug) Throwable("created here") else null)

    private fun cancel(callback: Runnable?): Boolean {
        val handle = callback as? CallbackHandle ?: return false
        handle.cancel()
        return true
    }

    // ---- Operations ------------------------------------------------------------------------------------------------

    override fun sockConnect(
        channel: SocketChannel,
        address: SocketAddress,
    ): LoopFuture<Void?> {
        var begun = false
        return operation("sockConnect", channel, WRITE) {
            try {
                val connected = if (begun) channel.finishConnect() else channel.connect(address)
                begun = true
                if (connected) complete(null)
            } catch (refused: ConnectException) {
                // The system's own text does not say where.
                throw ConnectException("${refused.message}: $address").apply { initCause(refused) }
            }
        }
    }

    override fun sockAccept(channel: ServerSocketChannel): LoopFuture<SocketChannel> {
        loop.services().requireUsable("sockAccept")
        return Accepting(loop, driver, channel) {
            val accepted = channel.accept()
            if (accepted != null) {
                accepted.configureBlocking(false)
                if (!complete(accepted)) accepted.close()
            }
        }.start()
    }

    override fun sockRecv(
        channel: SocketChannel,
        into: ByteBuffer,
    ): LoopFuture<Int> =
        operation("sockRecv", channel, READ) {
            val wanted = into.hasRemaining()
            val count = inPieces(into) { channel.read(into) }
            if (count != 0 || !wanted) complete(count)
        }

    override fun sockSendAll(
        channel: SocketChannel,
        data: ByteBuffer,
    ): LoopFuture<Void?> =
        operation("sockSendAll", channel, WRITE) {
            for (i in 1..SENDS_AT_ONCE) {
                if (!data.hasRemaining() || inPieces(data) { channel.write(data) } == 0) break
            }
            if (!data.hasRemaining()) complete(null)
        }

    override fun sockRecvFrom(
        channel: DatagramChannel,
        into: ByteBuffer,
    ): LoopFuture<SocketAddress> =
        operation("sockRecvFrom", channel, READ) {
            inPieces(into) { channel.receive(into) }?.let(::complete)
        }

    override fun sockSendTo(
        channel: DatagramChannel,
        data: ByteBuffer,
        target: SocketAddress,
    ): LoopFuture<Int> =
        operation("sockSendTo", channel, WRITE) {
            val length = data.remaining()
            if (channel.send(data, target) == length) complete(length)
        }

    override fun sockSendFile(
        channel: SocketChannel,
        file: FileChannel,
        position: Long,
        count: Long,
    ): LoopFuture<Long> {
        val part = FilePart(loop, file, position, count)
        return operation("sockSendFile", channel, WRITE) {
            if (part.goOn { from, at, bytes -> from.transferTo(at, bytes, channel) }) complete(part.sent())
        }
    }

    private fun <T> operation(
        method: String,
        channel: SelectableChannel,
        direction: Direction,
        attempt: LoopFuture<T>.() -> Unit,
    ): LoopFuture<T> {
        loop.services().requireUsable(method)
        return ChannelOperation(loop, driver, channel, direction, attempt).start()
    }

    /** For an array the JDK keeps a direct buffer of the same size, one per thread and for ever. */
    private inline fun <R> inPieces(
        buffer: ByteBuffer,
        action: () -> R,
    ): R {
        val limit = buffer.limit()
        if (!buffer.isDirect && buffer.remaining() > PIECE_BYTES) buffer.limit(buffer.position() + PIECE_BYTES)
        try {
            return action()
        } finally {
            buffer.limit(limit)
        }
    }

    private companion object {
        const val PIECE_BYTES = 128 * 1024

        /** Against a reader as fast as we are, much data would otherwise keep all others waiting. */
        const val SENDS_AT_ONCE = 16
    }
}
