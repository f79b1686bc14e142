package io.jasyncio.internal.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What a connection could not send at once. Small pieces are put together in chunks, so that they go out together and a sender of
 * many of them costs few objects. Loop only.
 */
final class OutgoingBuffer {

    private static final int CHUNK_BYTES = 16 * 1024;

    /** Heap buffers; the position is where the next bytes are taken, the limit where the next ones are put. */
    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(1);

    private int size;

    /** In bytes. */
    int size() {
        return size;
    }

    /** Copies what remains in the buffer. */
    void add(ByteBuffer data) {
        size = Math.addExact(size, data.remaining());
        var last = chunks.peekLast();
        if (last != null && last.limit() < last.capacity()) {
            append(last, data);
        }
        if (data.hasRemaining()) {
            var chunk =
                    ByteBuffer.allocate(Math.max(data.remaining(), CHUNK_BYTES)).limit(0);
            append(chunk, data);
            chunks.addLast(chunk);
        }
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
    }

    void clear() {
        chunks.clear();
        size = 0;
    }
}
