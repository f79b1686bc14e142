package io.jasyncio.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is made. Start from {@link #DEFAULT}. A time limit is no option: put {@code waitFor} around the call, or
 * a {@code timeout} block.
 *
 * @param localAddress the address to connect from; null to let the system choose
 */
public record ConnectOptions(@Nullable InetSocketAddress localAddress) {

    /** Nothing special. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(null);

    /** These options with a local address; port 0 for any. */
    public ConnectOptions withLocalAddress(InetSocketAddress localAddress) {
        return new ConnectOptions(localAddress);
    }
}
