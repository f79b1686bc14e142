package io.jasyncio.stream;

import java.io.EOFException;
import java.util.OptionalInt;

/**
 * The stream ended before everything was there that a read had asked for (asyncio's {@code IncompleteReadError}). What was
 * there has been taken out of the stream and is here.
 */
public final class IncompleteReadException extends EOFException {

    private static final long serialVersionUID = 1L;

    private final byte[] partial;
    private final int expected;

    IncompleteReadException(byte[] partial, OptionalInt expected) {
        super("the stream ended after " + partial.length + " bytes, "
                + (expected.isPresent() ? expected.getAsInt() + " were expected" : "without a separator"));
        this.partial = partial;
        this.expected = expected.orElse(-1);
    }

    /** The bytes up to the end of the stream. */
    public byte[] partial() {
        return partial.clone();
    }

    /** How many bytes were asked for; empty if the read was for a separator. */
    public OptionalInt expected() {
        return expected < 0 ? OptionalInt.empty() : OptionalInt.of(expected);
    }
}
