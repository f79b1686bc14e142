package io.jasyncio.runtime.transport

import io.jasyncio.Context
import io.jasyncio.LoopChannels
import io.jasyncio.LoopFuture
import io.jasyncio.runtime.io.ChannelWatch
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.runtime.loop.CallbackHandle
import io.jasyncio.spi.LoopRuntime
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
        val watch = watchOf(channel, "addReader")
        // The one that is replaced may stand on the ready queue already.
        cancel(watch.reader)
        watch.reader = handleOf(callback)
    }

    override fun removeReader(channel: SelectableChannel): Boolean {
        loop.services().requireOwnThread("removeReader")
        val watch = driver.watchOrNull(channel) ?: return false
        val removed = cancel(watch.reader)
        watch.reader = null
        if (watch.writer == null) watch.cancel()
        return removed
    }

    override fun addWriter(
        channel: SelectableChannel,
        callback: Runnable,
    ) {
        val watch = watchOf(channel, "addWriter")
        cancel(watch.writer)
        watch.writer = handleOf(callback)
    }

    override fun removeWriter(channel: SelectableChannel): Boolean {
        loop.services().requireOwnThread("removeWriter")
        val watch = driver.watchOrNull(channel) ?: return false
        val removed = cancel(watch.writer)
        watch.writer = null
        if (watch.reader == null) watch.cancel()
        return removed
    }

    private fun watchOf(
        channel: SelectableChannel,
        method: String,
    ): ChannelWatch {
        loop.services().requireUsable(method)
        val watch = driver.watch(channel)
        require(watch.owner == null) { "the channel is used by a transport: ${watch.owner}" }
        return watch
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
    ): LoopFuture<Void?> = throw UnsupportedOperationException()

    override fun sockAccept(channel: ServerSocketChannel): LoopFuture<SocketChannel> = throw UnsupportedOperationException()

    override fun sockRecv(
        channel: SocketChannel,
        into: ByteBuffer,
    ): LoopFuture<Int> = throw UnsupportedOperationException()

    override fun sockSendAll(
        channel: SocketChannel,
        data: ByteBuffer,
    ): LoopFuture<Void?> = throw UnsupportedOperationException()

    override fun sockRecvFrom(
        channel: DatagramChannel,
        into: ByteBuffer,
    ): LoopFuture<SocketAddress> = throw UnsupportedOperationException()

    override fun sockSendTo(
        channel: DatagramChannel,
        data: ByteBuffer,
        target: SocketAddress,
    ): LoopFuture<Int> = throw UnsupportedOperationException()

    override fun sockSendFile(
        channel: SocketChannel,
        file: FileChannel,
        position: Long,
        count: Long,
    ): LoopFuture<Long> = throw UnsupportedOperationException()
}
