package examples.redis;

/** A client does not speak the protocol, or asks for too much. It gets the message, and its connection ends. */
public final class RespException extends Exception {

    private static final long serialVersionUID = 1;

    /** The message is what Redis would say after {@code ERR Protocol error: }. */
    public RespException(String message) {
        // Hostile clients make these by the thousand, and nobody reads where in the parser they come from.
        super(message, null, false, false);
    }
}
