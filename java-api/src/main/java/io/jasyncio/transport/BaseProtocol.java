package io.jasyncio.transport;

import org.jspecify.annotations.Nullable;

/**
 * What every protocol is told by its transport (asyncio's {@code BaseProtocol}). All methods do nothing by default.
 *
 * <p>The order is: {@code connectionMade} once, which each kind of protocol declares with its own kind of transport; then
 * any number of other events; then {@link #connectionLost} once (S108).
 *
 * <p>Thread rule: called by the loop, as plain callbacks. They must not block and cannot {@code await}.
 */
public interface BaseProtocol {

    /**
     * The connection is gone; nothing follows. Called through the ready queue, never from within a method of the transport
     * (S107).
     *
     * @param exception why; null after {@link BaseTransport#close}, {@link WriteTransport#abort} or a regular end
     */
    default void connectionLost(@Nullable Exception exception) {}

    /**
     * The transport's buffer holds more than its upper limit: write no more for now. Called from within the {@code write}
     * that did it, and answered by {@link #resumeWriting} (S103).
     */
    default void pauseWriting() {}

    /** The transport's buffer has come down to its lower limit. */
    default void resumeWriting() {}
}
