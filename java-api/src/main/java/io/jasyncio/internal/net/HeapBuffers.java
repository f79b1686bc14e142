package io.jasyncio.internal.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The buffers that all TLS connections of one loop use in turn. Each is needed only while a call lasts, so an idle connection
 * has none. It is a stack and not a single buffer, since such calls nest: where TLS runs within TLS, and where a protocol
 * writes to another connection from within its {@code dataReceived}.
 *
 * <p>They lie on the heap: the engine of the JDK works on arrays, and copies whatever is elsewhere record by record.
 *
 * <p>Thread rule: the loop's.
 */
public final class HeapBuffers {

    /** Some records of the greatest size; as much as a loop reads from a socket at once. */
    private static final int BUFFER_BYTES = 128 * 1024;

    /** Deeper nesting makes buffers that are not kept. */
    private static final int MOST_KEPT = 4;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>(MOST_KEPT);

    /** No buffer is made before one is needed. */
    public HeapBuffers() {}

    /** An empty buffer, to be given back. */
    public ByteBuffer take() {
        var buffer = free.pollLast();
        return buffer == null ? ByteBuffer.allocate(BUFFER_BYTES) : buffer.clear();
    }

    /** Takes a buffer back, which the caller must not touch any more. */
    public void give(ByteBuffer buffer) {
        if (free.size() < MOST_KEPT) {
            free.addLast(buffer);
        }
    }

    /** What is done with bytes. */
    @FunctionalInterface
    public interface Use<X extends Exception> {
        /** Does it; the bytes are somebody else's afterwards. */
        void accept(ByteBuffer bytes) throws X;
    }

    /** Does something with all bytes of a buffer: with the buffer itself if it lies on the heap, else with copies of its parts. */
    public <X extends Exception> void onHeap(ByteBuffer data, Use<X> use) throws X {
        if (data.hasArray()) {
            use.accept(data);
            return;
        }
        var limit = data.limit();
        while (data.position() < limit) {
            var part = take();
            try {
                data.limit(Math.min(limit, data.position() + part.capacity()));
                use.accept(part.put(data).flip());
            } finally {
                data.limit(limit);
                give(part);
            }
        }
    }
}
