package io.jasyncio.internal.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What a connection could not send at once. Small pieces are put together in chunks, so that they go out together and a sender of
 * many of them costs few objects. Loop only.
 */
final class OutgoingBuffer {

    private static final int CHUNK_BYTES = 16 * 1024;

    /** Stands for all queues in which nothing waits, which are nearly all of them. Never changed. */
    private static final ArrayDeque<ByteBuffer> NONE = new ArrayDeque<>(1);

    /** Heap buffers; the position is where the next bytes are taken, the limit where the next ones are put. */
    private ArrayDeque<ByteBuffer> chunks = NONE;

    private int size;

    /** In bytes. */
    int size() {
        return size;
    }

    /** Copies what remains in the buffer. */
    void add(ByteBuffer data) {
        var grown = Math.addExact(size, data.remaining());
        var last = chunks.peekLast();
        var room = last == null ? 0 : last.capacity() - last.limit();
        // First: if there is no memory for it, nothing has changed.
        var next = data.remaining() > room ? newChunk(data.remaining() - room) : null;
        if (last != null) {
            append(last, data);
        }
        if (next != null) {
            append(next, data);
            addLast(next);
        }
        size = grown;
    }

    private static ByteBuffer newChunk(int bytes) {
        return ByteBuffer.allocate(Math.max(bytes, CHUNK_BYTES)).limit(0);
    }

    private void addLast(ByteBuffer chunk) {
        if (chunks == NONE) {
            chunks = new ArrayDeque<>(1);
        }
        chunks.addLast(chunk);
    }

    private static void append(ByteBuffer chunk, ByteBuffer data) {
        var count = Math.min(chunk.capacity() - chunk.limit(), data.remaining());
        data.get(chunk.array(), chunk.limit(), count);
        chunk.limit(chunk.limit() + count);
    }

    /** Copies as much from the front as the target takes; it stays here until {@link #remove}. */
    void copyTo(ByteBuffer target) {
        for (var chunk : chunks) {
            var count = Math.min(chunk.remaining(), target.remaining());
            if (count == 0) {
                return;
            }
            target.put(chunk.array(), chunk.position(), count);
        }
    }

    /** Drops bytes at the front: they are sent. */
    void remove(int count) {
        size -= count;
        for (var left = count; left > 0; ) {
            var chunk = chunks.element();
            var taken = Math.min(left, chunk.remaining());
            chunk.position(chunk.position() + taken);
            left -= taken;
            if (!chunk.hasRemaining()) {
                chunks.remove();
            }
        }
        if (size == 0) {
            chunks = NONE;
        }
    }

    void clear() {
        chunks = NONE;
        size = 0;
    }
}
