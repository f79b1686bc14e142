package io.jasyncio;

/**
 * A future was asked for what it does not have yet, or told what it knows already (asyncio's {@code InvalidStateError},
 * S21).
 */
public final class InvalidStateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message that says which state was found. */
    public InvalidStateException(String message) {
        super(message);
    }
}
