package io.jasyncio.runtime.transport

import io.jasyncio.runtime.io.ChannelWatch
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.SocketChannel

/**
 * The sending half of a connection: at once as far as the system takes it and nothing is queued, the rest when the channel
 * can be written (S105). Loop only.
 */
internal class SocketOutput(
    private val network: Network,
    private val channel: SocketChannel,
    private val watch: ChannelWatch,
    private val owner: Owner,
) {
    private val waiting = OutgoingBuffer()
    private val resume = owner.events.item("writeReady", owner, ::writeReady)

    /** In bytes. */
    val size: Int get() = waiting.size

    fun send(data: ByteBuffer) {
        try {
            if (waiting.size == 0) {
                if (data.isDirect) channel.write(data) else sendStaged(data)
            }
        } catch (failure: IOException) {
            owner.outputFailed(failure)
            return
        }
        if (data.hasRemaining()) {
            waiting.add(data)
            watchWritable(true)
            owner.outputGrown()
        }
    }

    fun sendAll(chunks: Iterable<ByteArray>) {
        chunks.forEach { waiting.add(ByteBuffer.wrap(it)) }
        if (waiting.size > 0 && sendWaiting()) {
            watchWritable(waiting.size > 0)
            owner.outputGrown()
        }
    }

    /** Drops what waits, and sends nothing any more. */
    fun discard() {
        waiting.clear()
        watchWritable(false)
    }

    private fun writeReady() {
        if (waiting.size > 0 && sendWaiting()) {
            owner.outputShrunk()
            if (waiting.size == 0) {
                watchWritable(false)
                owner.outputEmpty()
            }
        }
    }

    /** Sends from an array by way of the loop's direct buffer, as long as the system takes all of it. */
    private fun sendStaged(data: ByteBuffer) {
        val end = data.limit()
        val staging = network.writeBuffer
        repeat(SENDS_AT_ONCE) {
            val start = data.position()
            data.limit(minOf(end, start + staging.capacity()))
            staging.clear().put(data).flip()
            data.limit(end).position(start + channel.write(staging))
            if (staging.hasRemaining() || !data.hasRemaining()) {
                return
            }
        }
    }

    /** The same for what waits. Returns false if the connection broke. */
    private fun sendWaiting(): Boolean {
        val staging = network.writeBuffer
        try {
            for (i in 1..SENDS_AT_ONCE) {
                waiting.copyTo(staging.clear())
                waiting.remove(channel.write(staging.flip()))
                if (staging.hasRemaining() || waiting.size == 0) {
                    break
                }
            }
        } catch (failure: IOException) {
            owner.outputFailed(failure)
            return false
        }
        return true
    }

    /** Left on without need, this would keep the loop from sleeping (J4). */
    private fun watchWritable(wanted: Boolean) {
        if (wanted != (watch.writer != null)) {
            watch.writer = if (wanted) resume else null
        }
    }

    private companion object {
        /** Against a reader as fast as we are, a large write would otherwise keep all others waiting. */
        const val SENDS_AT_ONCE = 16
    }

    /** Who is told how it goes. */
    interface Owner {
        val events: EventContext

        /** There is more in the buffer than before. */
        fun outputGrown()

        /** There is less in the buffer than before. */
        fun outputShrunk()

        /** What was in the buffer is sent. */
        fun outputEmpty()

        fun outputFailed(failure: IOException)
    }
}
