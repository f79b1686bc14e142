package io.jasyncio;

/**
 * The program was asked to end with Ctrl-C (SIGINT) and the main task ended cancelled because of it: what
 * {@link Asyncio#run} throws then (asyncio's {@code KeyboardInterrupt}, S134).
 */
public final class KeyboardInterruptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyboardInterruptException(Throwable cause) {
        super("interrupted by Ctrl-C (SIGINT)", cause);
    }
}
