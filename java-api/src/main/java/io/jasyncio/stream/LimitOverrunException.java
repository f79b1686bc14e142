package io.jasyncio.stream;

import java.io.IOException;

/** There is no separator within the limit of a {@link StreamReader} (asyncio's {@code LimitOverrunError}). */
public final class LimitOverrunException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int consumed;

    LimitOverrunException(String message, int consumed) {
        super(message);
        this.consumed = consumed;
    }

    /** How many bytes at the front of the stream hold no separator, and could be read to get on. */
    public int consumed() {
        return consumed;
    }
}
