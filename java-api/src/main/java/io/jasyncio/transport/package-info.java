/**
 * Transports and protocols: networking at the level of callbacks.
 *
 * <p>A {@link io.jasyncio.transport.Transport} moves bytes, a {@link io.jasyncio.transport.Protocol} is told what happens to
 * them. Most programs are better served by the streams of {@code io.jasyncio.stream}, which are built on this package.
 */
@NullMarked
package io.jasyncio.transport;

import org.jspecify.annotations.NullMarked;
