package io.jasyncio.runtime.transport

import java.nio.ByteBuffer

/**
 * What a connection could not send at once. Small pieces are put together in chunks, so that they go out together and a
 * sender of many of them costs few objects. Loop only.
 */
internal class OutgoingBuffer {
    private val chunks = ArrayDeque<ByteBuffer>(0)

    /** In bytes. */
    var size = 0
        private set

    /** Copies what remains in [data]. */
    fun add(data: ByteBuffer) {
        size = Math.addExact(size, data.remaining())
        val last = chunks.lastOrNull()
        if (last != null && last.capacity() - last.limit() > 0) {
            append(last, data)
        }
        if (data.hasRemaining()) {
            val chunk = ByteBuffer.allocate(maxOf(data.remaining(), CHUNK_BYTES)).limit(0)
            append(chunk, data)
            chunks.addLast(chunk)
        }
    }

    /** Fills up the free end of a chunk, whose own position is where the next bytes are taken. */
    private fun append(
        chunk: ByteBuffer,
        data: ByteBuffer,
    ) {
        val count = minOf(chunk.capacity() - chunk.limit(), data.remaining())
        data.get(chunk.array(), chunk.limit(), count)
        chunk.limit(chunk.limit() + count)
    }

    /** Copies as much from the front as [target] takes; it stays here until [remove]. */
    fun copyTo(target: ByteBuffer) {
        for (chunk in chunks) {
            val count = minOf(chunk.remaining(), target.remaining())
            if (count == 0) {
                return
            }
            target.put(chunk.array(), chunk.position(), count)
        }
    }

    /** Drops bytes at the front: they are sent. */
    fun remove(count: Int) {
        var left = count
        while (left > 0) {
            val chunk = chunks.first()
            val taken = minOf(left, chunk.remaining())
            chunk.position(chunk.position() + taken)
            left -= taken
            if (!chunk.hasRemaining()) {
                chunks.removeFirst()
            }
        }
        size -= count
    }

    fun clear() {
        chunks.clear()
        size = 0
    }

    private companion object {
        const val CHUNK_BYTES = 16 * 1024
    }
}
