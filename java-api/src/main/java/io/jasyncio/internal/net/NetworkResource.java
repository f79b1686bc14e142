package io.jasyncio.internal.net;

/** Something that must be closed some day. Loop only. */
public interface NetworkResource {

    /** Whether its end has been asked for. */
    boolean isClosing();

    /** Closes it and tells nobody, since the loop is closed. */
    void release();
}
