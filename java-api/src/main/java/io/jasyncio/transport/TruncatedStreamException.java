package io.jasyncio.transport;

import javax.net.ssl.SSLException;

/**
 * A TLS connection ended without the other side's {@code close_notify}: what was received may lack its end, by an accident or by
 * somebody's intent.
 */
public class TruncatedStreamException extends SSLException {

    private static final long serialVersionUID = 1L;

    /** With a text. */
    public TruncatedStreamException(String message) {
        super(message);
    }
}
