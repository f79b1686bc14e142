package io.jasyncio.internal.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The direct buffers into which a loop's transports read. What is read next goes into the one on top; a reader that wants to keep
 * what has come takes that buffer, and gives it back later. Last in, first out, so that the memory in use is as little as can be,
 * and warm. Loop only.
 */
public final class BufferPool {

    /** How large each buffer is. */
    public static final int BUFFER_BYTES = 128 * 1024;

    /** How many there are at most, in use and not. Readers that are slow must not make the whole process swell. */
    private static final int MOST = 64;

    private final @Nullable ByteBuffer[] free = new ByteBuffer[MOST];
    private int freeCount;
    private int made;

    /** The loop's own; see {@link TransportHost#buffers()}. */
    BufferPool() {}

    /** An empty buffer to read into. It stays the pool's, and is the next one for everybody, unless the caller takes it. */
    public ByteBuffer top() {
        var top = freeCount == 0 ? null : free[freeCount - 1];
        if (top == null) {
            top = ByteBuffer.allocateDirect(BUFFER_BYTES);
            made++;
            free[freeCount++] = top;
        }
        return top.clear();
    }

    /**
     * Makes the caller the owner of the buffer that {@link #top} has returned.
     *
     * @return false if too many are in use: then the bytes have to be copied
     */
    public boolean take() {
        if (freeCount == 0 || made - freeCount >= MOST - 1) {
            return false;
        }
        free[--freeCount] = null;
        return true;
    }

    /** Takes back a buffer; it must not be touched from now on. */
    public void giveBack(ByteBuffer buffer) {
        free[freeCount++] = buffer;
    }

    /** How many buffers somebody has taken and not given back. */
    public int inUse() {
        return made - freeCount;
    }
}
