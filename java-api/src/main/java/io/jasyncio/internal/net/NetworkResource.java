package io.jasyncio.internal.net;

/** Something that must be closed some day. Loop only. */
public interface NetworkResource {

    /** Whether its end has been asked for. */
    boolean isClosing();

    /** Whether the loop may end while this is open: nobody owns the input and the output of the process. */
    default boolean mayBeLeftOpen() {
        return false;
    }

    /** Closes it and tells nobody, since the loop is closed. */
    void release();
}
