package io.jasyncio.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes in the order of their arrival: one array with a front and an end.
 *
 * <p>What was taken last stays restorable until {@link #forget()}: a read whose waiter was cancelled in the very pass in
 * which the bytes came must lose none of them (S101), and a copy of everything just in case would cost more than the rare
 * case is worth.
 */
final class ByteQueue {

    private static final byte[] NO_BYTES = {};
    private static final int FIRST_CAPACITY = 4 * 1024;

    /** An array that grew beyond this is let go once it is empty. */
    private static final int KEPT_CAPACITY = 256 * 1024;

    private byte[] bytes = NO_BYTES;

    /** What lies between the mark and the head was taken, and can still be restored. */
    private int mark;

    private int head;
    private int tail;

    int size() {
        return tail - head;
    }

    boolean isEmpty() {
        return head == tail;
    }

    void append(ByteBuffer data) {
        var count = data.remaining();
        makeRoom(count);
        data.get(bytes, tail, count);
        tail += count;
    }

    private void makeRoom(int count) {
        if (count <= bytes.length - tail) {
            return;
        }
        var live = tail - mark;
        var needed = Math.addExact(live, count);
        var target = bytes;
        // Moved within the array only if that frees half of it: else small chunks would move a full array again and
        // again.
        if (needed > bytes.length || live > bytes.length / 2) {
            target = new byte[Math.max(grown(bytes.length), Math.max(needed, FIRST_CAPACITY))];
        }
        System.arraycopy(bytes, mark, target, 0, live);
        bytes = target;
        head -= mark;
        tail -= mark;
        mark = 0;
    }

    private static int grown(int capacity) {
        return capacity > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE - 8 : capacity * 2;
    }

    /** Takes bytes from the front. */
    byte[] take(int count) {
        var taken = count == 0 ? NO_BYTES : Arrays.copyOfRange(bytes, head, head + count);
        skip(count);
        return taken;
    }

    /** All there is; good until the next change. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, head, size()).slice().asReadOnlyBuffer();
    }

    /** The first bytes as text; they stay. */
    String peekText(int count) {
        return new String(bytes, head, count, StandardCharsets.UTF_8);
    }

    /** Drops bytes at the front. */
    void skip(int count) {
        mark = head;
        head += count;
    }

    /** Puts back what was taken since the last {@link #forget()}. */
    void restore() {
        head = mark;
    }

    /** From now on what was taken is gone. */
    void forget() {
        if (head == tail) {
            head = 0;
            tail = 0;
            if (bytes.length > KEPT_CAPACITY) {
                bytes = NO_BYTES;
            }
        }
        mark = head;
    }

    byte at(int index) {
        return bytes[head + index];
    }

    /** Where a byte comes first, counted from the front; negative if it does not. */
    int indexOf(byte wanted, int from) {
        var array = bytes;
        for (int i = head + from, end = tail; i < end; i++) {
            if (array[i] == wanted) {
                return i - head;
            }
        }
        return -1;
    }

    /** Where a sequence comes first, counted from the front; negative if it does not. */
    int indexOf(byte[] wanted, int from) {
        var last = size() - wanted.length;
        for (var i = indexOf(wanted[0], from); i >= 0 && i <= last; i = indexOf(wanted[0], i + 1)) {
            if (Arrays.equals(bytes, head + i, head + i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
