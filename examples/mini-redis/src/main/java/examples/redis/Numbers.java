package examples.redis;

/** Numbers as bytes, in the one spelling that Redis takes: no plus, no blanks, no zeros in front. */
final class Numbers {

    /** What {@link #parse} gives for bytes that are no number; {@link #isNumber} tells it from this number itself. */
    static final long NONE = Long.MIN_VALUE;

    private static final int LONGEST = "-9223372036854775808".length();

    private Numbers() {}

    /** The number in a part of an array; {@link #NONE} if there is none. */
    static long parse(byte[] bytes, int from, int to) {
        var negative = from < to && bytes[from] == '-';
        var position = negative ? from + 1 : from;
        var digits = to - position;
        if (digits <= 0 || to - from > LONGEST) {
            return NONE;
        }
        if (bytes[position] == '0') {
            return digits == 1 && !negative ? 0 : NONE;
        }
        var value = 0L; // below zero, where there is room for one more
        for (; position < to; position++) {
            var digit = bytes[position] - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
                return NONE;
            }
            var next = value * 10 - digit;
            if (next > value) {
                return NONE;
            }
            value = next;
        }
        if (negative) {
            return value;
        }
        return value == Long.MIN_VALUE ? NONE : -value;
    }

    /** Whether the bytes for which {@link #parse} gave this result are a number. */
    static boolean isNumber(long parsed, byte[] bytes, int from, int to) {
        return parsed != NONE || to - from == LONGEST && spellsTheSmallest(bytes, from);
    }

    private static boolean spellsTheSmallest(byte[] bytes, int from) {
        var text = "-9223372036854775808";
        for (var i = 0; i < LONGEST; i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes {@link #write} takes for a number. */
    static int length(long value) {
        var length = value < 0 ? 2 : 1;
        // Below zero, where every number has its place.
        for (var rest = value < 0 ? value : -value; rest <= -10; rest /= 10) {
            length++;
        }
        return length;
    }

    /** Writes a number so that it ends before an index. */
    static void write(long value, byte[] into, int end) {
        var position = end;
        var rest = value < 0 ? value : -value;
        do {
            into[--position] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            into[--position] = '-';
        }
    }

    /** A number as bytes of its own. */
    static byte[] bytes(long value) {
        var bytes = new byte[length(value)];
        write(value, bytes, bytes.length);
        return bytes;
    }
}
