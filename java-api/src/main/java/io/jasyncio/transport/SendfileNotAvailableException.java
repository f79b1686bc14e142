package io.jasyncio.transport;

import java.io.IOException;

/**
 * The system cannot send files by itself on this transport, and a fallback was not wanted (asyncio's
 * {@code SendfileNotAvailableError}). Nothing was sent.
 */
public class SendfileNotAvailableException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With a text. */
    public SendfileNotAvailableException(String message) {
        super(message);
    }
}
