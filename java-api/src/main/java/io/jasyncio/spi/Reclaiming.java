package io.jasyncio.spi;

/**
 * A future whose value must not get lost: a lock that was granted, bytes that were read, a connection that was accepted.
 */
public interface Reclaiming {

    /**
     * The value will not be taken: whoever awaited it was cancelled in the very pass in which it came (S44). Gives it back, or
     * on to the next in line. On the loop.
     */
    void valueNotTaken();
}
