package io.jasyncio.stream;

import java.util.Arrays;

/** Looks for the first end of any of several separators, and goes on where it left off when more bytes have come. */
final class SeparatorSearch {

    static final byte[] NEWLINE = {'\n'};

    private final byte[][] separators;
    private final int longest;

    /** No separator ends before this. */
    private int searched;

    /** Where the separator that was found begins and ends. */
    private int start;

    private int end;

    SeparatorSearch(byte[]... separators) {
        this.separators = separators;
        this.longest = Arrays.stream(separators)
                .mapToInt(separator -> separator.length)
                .max()
                .orElse(0);
    }

    static byte[][] requireSeparators(byte[][] separators) {
        if (separators.length == 0) {
            throw new IllegalArgumentException("readUntilAsync() needs at least one separator");
        }
        var copies = new byte[separators.length][];
        for (var i = 0; i < separators.length; i++) {
            if (separators[i].length == 0) {
                throw new IllegalArgumentException(
                        "a separator must have at least one byte; separators[" + i + "] is empty");
            }
            copies[i] = separators[i].clone();
        }
        return copies;
    }

    /** Whether there is a separator. If not, {@link #searched()} bytes can hold no beginning of one. */
    boolean find(ByteQueue buffer) {
        end = Integer.MAX_VALUE;
        for (var separator : separators) {
            var at = separator.length == 1
                    ? buffer.indexOf(separator[0], searched)
                    : buffer.indexOf(separator, searched);
            if (at >= 0 && at + separator.length < end) {
                start = at;
                end = at + separator.length;
            }
        }
        if (end != Integer.MAX_VALUE) {
            return true;
        }
        searched = Math.max(0, buffer.size() + 1 - longest);
        return false;
    }

    int searched() {
        return searched;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }
}
