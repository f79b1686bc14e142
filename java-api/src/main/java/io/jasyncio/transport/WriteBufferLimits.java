package io.jasyncio.transport;

/**
 * How much may wait in a transport's write buffer (S103). The protocol is asked to pause when there is more than
 * {@code highBytes}, and to go on when no more than {@code lowBytes} are left.
 *
 * @param lowBytes the lower limit
 * @param highBytes the upper limit; 0 pauses on any byte that must wait
 */
public record WriteBufferLimits(int lowBytes, int highBytes) {

    /** 16 KiB and 64 KiB. */
    public static final WriteBufferLimits DEFAULT = ofHigh(64 * 1024);

    /** Checks that {@code 0 <= lowBytes <= highBytes}. */
    public WriteBufferLimits {
        if (lowBytes < 0 || highBytes < lowBytes) {
            throw new IllegalArgumentException("write buffer limits must satisfy 0 <= lowBytes <= highBytes: lowBytes="
                    + lowBytes + ", highBytes=" + highBytes);
        }
    }

    /** An upper limit, and a quarter of it as the lower one. */
    public static WriteBufferLimits ofHigh(int highBytes) {
        return new WriteBufferLimits(highBytes / 4, highBytes);
    }

    /** A lower limit, and four times as much as the upper one, as far as a buffer can hold that. */
    public static WriteBufferLimits ofLow(int lowBytes) {
        return new WriteBufferLimits(lowBytes, (int) Math.min(4L * lowBytes, Integer.MAX_VALUE));
    }
}
