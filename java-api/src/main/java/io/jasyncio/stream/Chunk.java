package io.jasyncio.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A piece of a {@link ByteQueue}: an array of its own, or a direct buffer out of the loop's pool. */
final class Chunk {

    /** Null if the bytes are in {@link #pooled}. */
    private byte @Nullable [] array;

    /** Null if the bytes are in {@link #array}. Its position and limit mean nothing. */
    private final @Nullable ByteBuffer pooled;

    /** An array grows up to this size. */
    private static final int GROWS_TO = 64 * 1024;

    private int head;
    private int tail;

    @Nullable
    Chunk next;

    private Chunk(byte @Nullable [] array, @Nullable ByteBuffer pooled, int tail) {
        this.array = array;
        this.pooled = pooled;
        this.tail = tail;
    }

    /** An array that is full; the queue's from now on. */
    static Chunk of(byte[] array) {
        return new Chunk(array, null, array.length);
    }

    static Chunk empty(int capacity) {
        return new Chunk(new byte[capacity], null, 0);
    }

    /** A buffer that was taken out of the pool and has bytes at its beginning. */
    static Chunk pooled(ByteBuffer buffer, int count) {
        return new Chunk(null, buffer, count);
    }

    @Nullable
    ByteBuffer pooled() {
        return pooled;
    }

    int length() {
        return tail - head;
    }

    /** How many bytes fit behind the last one. */
    int room() {
        return (pooled == null ? arrayOf().length : pooled.capacity()) - tail;
    }

    private byte[] arrayOf() {
        return array == null ? ByteQueue.NO_BYTES : array;
    }

    /** All that is here without a copy, if it happens to be an array of nothing else; else null. */
    byte @Nullable [] wholeArray() {
        return array != null && head == 0 && tail == array.length ? array : null;
    }

    /** Makes room for more bytes, if this is an array and not large already. */
    boolean grow(int count) {
        var length = length();
        var capacity = Math.max(2 * length, length + count);
        if (pooled != null || length > GROWS_TO / 2 || capacity > GROWS_TO) {
            return false;
        }
        var grown = new byte[capacity];
        copyTo(grown, 0, length);
        array = grown;
        head = 0;
        tail = length;
        return true;
    }

    void append(ByteBuffer data) {
        var count = data.remaining();
        if (pooled == null) {
            data.get(arrayOf(), tail, count);
        } else {
            pooled.clear().position(tail).put(data);
        }
        tail += count;
    }

    /** The room behind the last byte, to read into. */
    ByteBuffer openRoom(ByteBuffer buffer) {
        return buffer.clear().position(tail);
    }

    /** Bytes were put into the room. */
    void filled(int count) {
        tail += count;
    }

    void skip(int count) {
        head += count;
    }

    void copyTo(byte[] target, int at, int count) {
        if (pooled == null) {
            System.arraycopy(arrayOf(), head, target, at, count);
        } else {
            pooled.clear().get(head, target, at, count);
        }
    }

    /** Moves everything to the front, so that all room is behind it. */
    void compact() {
        if (pooled != null) {
            pooled.limit(tail).position(head);
            pooled.compact();
            tail -= head;
            head = 0;
        }
    }

    ByteBuffer view() {
        var bytes = pooled == null ? ByteBuffer.wrap(arrayOf()) : pooled.clear();
        return bytes.slice(head, length()).asReadOnlyBuffer();
    }

    String text(int count) {
        if (pooled == null) {
            return new String(arrayOf(), head, count, StandardCharsets.UTF_8);
        }
        var copy = new byte[count];
        copyTo(copy, 0, count);
        return new String(copy, StandardCharsets.UTF_8);
    }

    byte at(int index) {
        return pooled == null ? arrayOf()[head + index] : pooled.get(head + index);
    }

    /** Where a byte comes first, counted from the front; negative if it does not. */
    int indexOf(byte wanted, int from) {
        return (pooled == null ? indexInArray(arrayOf(), wanted, from) : indexInBuffer(pooled.clear(), wanted, from));
    }

    private int indexInArray(byte[] bytes, byte wanted, int from) {
        for (int i = head + from, end = tail; i < end; i++) {
            if (bytes[i] == wanted) {
                return i - head;
            }
        }
        return -1;
    }

    private int indexInBuffer(ByteBuffer bytes, byte wanted, int from) {
        for (int i = head + from, end = tail; i < end; i++) {
            if (bytes.get(i) == wanted) {
                return i - head;
            }
        }
        return -1;
    }

    /** Where a sequence comes first, counted from the front; negative if it does not. */
    int indexOf(byte[] wanted, int from) {
        var last = length() - wanted.length;
        for (var i = indexOf(wanted[0], from); i >= 0 && i <= last; i = indexOf(wanted[0], i + 1)) {
            if (isAt(i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(int index, byte[] wanted) {
        var start = head + index;
        return pooled == null
                ? Arrays.equals(arrayOf(), start, start + wanted.length, wanted, 0, wanted.length)
                : pooled.clear().slice(start, wanted.length).equals(ByteBuffer.wrap(wanted));
    }
}
