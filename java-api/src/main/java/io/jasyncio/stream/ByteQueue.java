package io.jasyncio.stream;

import io.jasyncio.internal.net.BufferPool;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in the order of their arrival: a chain of chunks, nearly always of one. An empty queue has no memory at all, for a
 * connection is idle most of its time.
 *
 * <p>Little is copied into an array of just its size, which can then be handed over as it is. Much stays in the pooled buffer into which
 * the transport has read it. Little that comes after little is put together, in arrays that double their size: an adversary who
 * sends byte by byte must cost neither an object nor a copy of everything for each.
 */
final class ByteQueue {

    static final byte[] NO_BYTES = {};

    /** A buffer that brings as many bytes is kept; fewer are copied out of it, or it would be mostly empty. */
    private static final int WORTH_KEEPING = 8 * 1024;

    /** With fewer buffers in use, one is kept for little too if it comes back soon: that saves the copy and the array. */
    private static final int FEW = 8;

    /** With as many bytes there, further buffers are not kept: they are for all connections. */
    private static final int MUCH = 256 * 1024;

    /** The largest array that is made in advance. */
    private static final int MOST_AT_ONCE = 16 * 1024 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private @Nullable Chunk first;
    private @Nullable Chunk last;
    private @Nullable BufferPool pool;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    // ---- In --------------------------------------------------------------------------------------------------------

    /** Copies bytes to the end. */
    void append(ByteBuffer data) {
        var count = data.remaining();
        if (count == 0) {
            return;
        }
        var end = last;
        if (end == null || end.room() < count && !end.grow(count)) {
            // Of much, what has no room must fail while there is room for the rest of the world: by a large piece, not
            // by the last small one.
            end = addLast(emptyOrNothing(size < MUCH ? count : Math.max(count, Math.min(size / 4, MOST_AT_ONCE))));
        }
        end.append(data);
        size = Math.addExact(size, count);
    }

    /** Whoever finds no memory lets go of what he has: there must be some for saying so, and for all others. */
    private Chunk emptyOrNothing(int capacity) {
        try {
            return Chunk.empty(capacity);
        } catch (OutOfMemoryError full) {
            skip(size);
            throw full;
        }
    }

    /** Puts bytes back that were taken. */
    void putBack(byte[] bytes) {
        if (bytes.length > 0) {
            var chunk = Chunk.of(bytes);
            chunk.next = first;
            first = chunk;
            last = last == null ? chunk : last;
            size += bytes.length;
        }
    }

    /** Where to read into. */
    ByteBuffer room(BufferPool buffers) {
        pool = buffers;
        var end = last;
        var kept = end == null ? null : end.pooled();
        if (end == null || kept == null) {
            return buffers.top();
        }
        // What is left of a large message has the room in front of it. To move it is cheaper than to join it later.
        if (end == first && end.room() < kept.capacity() / 2 && end.length() <= kept.capacity() / 8) {
            end.compact();
        }
        return end.room() >= WORTH_KEEPING ? end.openRoom(kept) : buffers.top();
    }

    /**
     * Bytes were read into what {@link #room} has returned.
     *
     * @param soon whether they will be taken in the next pass
     */
    void filled(ByteBuffer room, int count, boolean soon) {
        if (last != null && last.pooled() == room) {
            last.filled(count);
        } else if (isWorthKeeping(count, soon) && pool != null && pool.take()) {
            addLast(Chunk.pooled(room, count));
        } else {
            append(room.flip());
            return;
        }
        size += count;
    }

    private boolean isWorthKeeping(int count, boolean soon) {
        return count >= WORTH_KEEPING ? size < MUCH : soon && pool != null && pool.inUse() < FEW;
    }

    /** What is here stays for longer: little must not occupy a buffer. */
    void settle() {
        if (size > 0 && size < WORTH_KEEPING) {
            keepNoBuffers();
        }
    }

    private Chunk addLast(Chunk chunk) {
        if (last == null) {
            first = chunk;
        } else {
            last.next = chunk;
        }
        last = chunk;
        return chunk;
    }

    // ---- Out -------------------------------------------------------------------------------------------------------

    /** Takes bytes from the front. */
    byte[] take(int count) {
        var whole = first != null && first.length() == count ? first.wholeArray() : null;
        var taken = whole == null ? new byte[count] : whole;
        if (whole == null) {
            copyTo(taken);
        }
        skip(count);
        return taken;
    }

    private void copyTo(byte[] target) {
        var at = 0;
        for (var chunk = first; chunk != null && at < target.length; chunk = chunk.next) {
            var count = Math.min(chunk.length(), target.length - at);
            chunk.copyTo(target, at, count);
            at += count;
        }
    }

    /** Drops bytes at the front. */
    void skip(int count) {
        size -= count;
        var left = count;
        for (var front = first; front != null && left >= front.length(); front = first) {
            left -= front.length();
            removeFirst(front);
        }
        if (left > 0 && first != null) {
            first.skip(left);
        }
    }

    private void removeFirst(Chunk front) {
        first = front.next;
        if (first == null) {
            last = null;
        }
        letGo(front);
    }

    private void letGo(Chunk chunk) {
        var buffer = chunk.pooled();
        if (buffer != null && pool != null) {
            pool.giveBack(buffer);
        }
    }

    /**
     * Nothing comes any more, and what is left may be forgotten by everybody: buffers go back, the bytes stay. Each is copied on its
     * own, since there may be no memory for all of it once more.
     */
    void keepNoBuffers() {
        Chunk before = null;
        for (var chunk = first; chunk != null; chunk = chunk.next) {
            if (chunk.pooled() != null) {
                chunk = replaceByCopy(before, chunk);
            }
            before = chunk;
        }
    }

    private Chunk replaceByCopy(@Nullable Chunk before, Chunk chunk) {
        var copy = Chunk.empty(chunk.length());
        copy.append(chunk.view());
        copy.next = chunk.next;
        if (before == null) {
            first = copy;
        } else {
            before.next = copy;
        }
        last = last == chunk ? copy : last;
        letGo(chunk);
        return copy;
    }

    // ---- Looking ---------------------------------------------------------------------------------------------------

    /** All there is; good until the next change. */
    ByteBuffer view() {
        return size == 0 ? NOTHING.duplicate() : front().view();
    }

    /** The first bytes as text; they stay. */
    String peekText(int count) {
        return count == 0 ? "" : front().text(count);
    }

    byte at(int index) {
        return front().at(index);
    }

    /** Where a byte comes first, counted from the front; negative if it does not. */
    int indexOf(byte wanted, int from) {
        return from >= size ? -1 : front().indexOf(wanted, from);
    }

    /** Where a sequence comes first, counted from the front; negative if it does not. */
    int indexOf(byte[] wanted, int from) {
        return from >= size ? -1 : front().indexOf(wanted, from);
    }

    /** Everything in one chunk; only if there is something. */
    private Chunk front() {
        var front = first;
        if (front == null) {
            throw new IllegalStateException("nothing is there");
        }
        return front.next == null ? front : join(size > Integer.MAX_VALUE / 2 ? size : 2 * size);
    }

    /** Puts everything into one array. With as much room again, the next one comes only when as much again has come. */
    private Chunk join(int capacity) {
        var joined = Chunk.empty(capacity);
        for (var chunk = first; chunk != null; chunk = chunk.next) {
            joined.append(chunk.view());
            letGo(chunk);
        }
        first = joined;
        last = joined;
        return joined;
    }
}
