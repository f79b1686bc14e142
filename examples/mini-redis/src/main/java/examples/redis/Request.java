package examples.redis;

import java.util.Arrays;

/**
 * The arguments of a command, the first of which is its name. They are parts of the parser's array, so all of this holds
 * until the parser goes on; what is to stay is copied.
 */
public final class Request {

    private static final int FEW = 8;
    private static final int MANY = 1024;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;

    /** Where the offsets count from: the parser may move a request while parts of it are missing. */
    private int base;

    private int[] offsets = new int[FEW];
    private int[] lengths = new int[FEW];
    private int count;

    // ---- For the parser --------------------------------------------------------------------------------------------

    void clear() {
        count = 0;
        if (offsets.length > MANY) {
            // One big command must not be remembered for as long as the connection lives.
            offsets = new int[FEW];
            lengths = new int[FEW];
        }
    }

    void add(int offset, int length) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        offsets[count] = offset;
        lengths[count++] = length;
    }

    void complete(byte[] array, int start) {
        bytes = array;
        base = start;
    }

    /** How many arguments there is room for. */
    int room() {
        return offsets.length;
    }

    /** Lets go of the parser's array. */
    void forget() {
        bytes = NOTHING;
    }

    // ---- For commands ----------------------------------------------------------------------------------------------

    /** How many arguments there are, with the name of the command. */
    public int count() {
        return count;
    }

    /** How many bytes an argument has. */
    public int length(int index) {
        return lengths[index];
    }

    /** A byte of an argument. */
    byte byteAt(int index, int position) {
        return bytes[base + offsets[index] + position];
    }

    /** A copy of an argument. */
    public byte[] copy(int index) {
        var from = base + offsets[index];
        return Arrays.copyOfRange(bytes, from, from + lengths[index]);
    }

    /** Lays a probe over an argument. */
    public Key key(int index, Key probe) {
        return probe.at(bytes, base + offsets[index], lengths[index]);
    }

    /** An argument as text. */
    public String text(int index) {
        return Text.of(bytes, base + offsets[index], lengths[index]);
    }

    /** Whether an argument is this word, in whatever case; the word is given in capitals. */
    public boolean is(int index, String word) {
        var length = lengths[index];
        if (length != word.length()) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (upper(byteAt(index, i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A byte with its letter made a capital. */
    private static int upper(byte letter) {
        return letter >= 'a' && letter <= 'z' ? letter - ('a' - 'A') : letter;
    }

    /** An argument as a whole number. */
    public long number(int index) throws CommandException {
        var from = base + offsets[index];
        var to = from + lengths[index];
        var number = Numbers.parse(bytes, from, to);
        if (!Numbers.isNumber(number, bytes, from, to)) {
            throw CommandException.notAnInteger();
        }
        return number;
    }
}
