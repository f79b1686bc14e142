package io.jasyncio.runtime.transport

import io.jasyncio.EventLoop
import io.jasyncio.internal.net.WritePressure
import io.jasyncio.transport.BaseProtocol
import io.jasyncio.transport.DatagramTransport
import io.jasyncio.transport.WriteBufferLimits
import java.io.IOException
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel

/** The datagrams that the system does not take at present, in their order. Loop only. */
internal class DatagramQueue(
    loop: EventLoop,
    transport: DatagramTransport,
    private val datagrams: Datagrams,
    private val channel: DatagramChannel,
) {
    private class Waiting(
        val data: ByteBuffer,
        val target: SocketAddress?,
    ) {
        // The same going in and coming out, or the size would drift (cpython #135444).
        val size = data.remaining() + DatagramTransport.DATAGRAM_OVERHEAD
    }

    private val pressure = WritePressure(loop, transport)
    private val waiting = ArrayDeque<Waiting>()

    /** In bytes, with something for each datagram. */
    var size = 0
        private set

    val isEmpty: Boolean get() = waiting.isEmpty()

    var limits: WriteBufferLimits
        get() = pressure.limits()
        set(value) = pressure.setLimits(value)

    /** Sends at once if nothing waits and the system takes it, else keeps a copy. Returns whether it was sent. */
    fun send(
        data: ByteBuffer,
        target: SocketAddress?,
    ): Boolean {
        if (waiting.isEmpty() && transmit(data, target)) {
            return true
        }
        val copy = ByteBuffer.allocate(data.remaining()).put(data).flip()
        val last = Waiting(copy, target)
        waiting.addLast(last)
        size += last.size
        return false
    }

    /** Sends the one that waits longest, which waits no more if that fails. Returns whether it is gone. */
    fun sendFirst(): Boolean {
        val first = waiting.first()
        var gone = true
        try {
            gone = transmit(first.data, first.target)
        } catch (otherFamily: IllegalArgumentException) {
            throw IOException("cannot send to ${first.target}", otherFamily)
        } finally {
            if (gone) {
                waiting.removeFirst()
                size -= first.size
            }
        }
        return gone
    }

    /**
     * An empty datagram that is not taken cannot be told from one that is: it counts as sent, and so may get lost, as any datagram
     * may.
     */
    private fun transmit(
        data: ByteBuffer,
        target: SocketAddress?,
    ): Boolean {
        val length = data.remaining()
        if (length == 0 && channel.isConnected) {
            // Java would say nothing and send nothing.
            throw IOException("Java cannot send an empty datagram from a connected endpoint")
        }
        val staged = staged(data)
        val sent = if (channel.isConnected) channel.write(staged) else channel.send(staged, target)
        return sent == length
    }

    /** Without this, the JDK would keep a direct buffer per thread. What is larger is no datagram, and the system will say so. */
    private fun staged(data: ByteBuffer): ByteBuffer {
        val buffer = datagrams.emptySendBuffer()
        return if (data.isDirect || data.remaining() > buffer.remaining()) data.duplicate() else buffer.put(data.duplicate()).flip()
    }

    fun clear() {
        waiting.clear()
        size = 0
    }

    fun grown(protocol: BaseProtocol) = pressure.grown(size, protocol)

    fun shrunk(protocol: BaseProtocol) = pressure.shrunk(size, protocol)
}
