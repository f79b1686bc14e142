package io.jasyncio.runtime.transport

import io.jasyncio.internal.net.BytePort
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.transport.ExtraInfo
import java.net.StandardSocketOptions
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.channels.SocketChannel

/** A connected socket, of TCP or of Unix. Loop only. */
internal class SocketPort(
    driver: IoDriver,
    private val channel: SocketChannel,
) : BytePort {
    // Asked now, since they are told as long as the transport lives, which is longer than the connection does.
    private val localAddress = channel.localAddress
    private val peerAddress = channel.remoteAddress
    private val watch = driver.watch(channel)

    init {
        watch.owner = this
    }

    override fun read(into: ByteBuffer): Int = channel.read(into).also(watch::hasRead)

    override fun write(from: ByteBuffer): Int = channel.write(from)

    override fun wantRead(ready: Runnable?) {
        watch.reader = ready
    }

    override fun wantWrite(ready: Runnable?) {
        watch.writer = ready
    }

    override fun canShutdownOutput(): Boolean = true

    override fun shutdownOutput() {
        channel.shutdownOutput()
    }

    override fun transferFrom(
        file: FileChannel,
        position: Long,
        count: Long,
    ): Long = file.transferTo(position, count, channel)

    @Suppress("UNCHECKED_CAST") // each key is of the type of its value
    override fun <T : Any> extra(key: ExtraInfo<T>): T? =
        when (key) {
            ExtraInfo.PEER_ADDRESS -> peerAddress
            ExtraInfo.LOCAL_ADDRESS -> localAddress
            ExtraInfo.CHANNEL -> channel
            else -> null
        } as T?

    override fun kind(): String = "socket"

    override fun release() {
        watch.cancel()
        channel.close()
    }

    override fun toString(): String = "$localAddress -> $peerAddress"

    companion object {
        /** What all sockets of transports have: they do not block, and small writes go out at once (S111). */
        fun prepare(channel: SocketChannel) {
            channel.configureBlocking(false)
            if (StandardSocketOptions.TCP_NODELAY in channel.supportedOptions()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true)
            }
        }
    }
}
