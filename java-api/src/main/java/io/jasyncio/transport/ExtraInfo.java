package io.jasyncio.transport;

import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;

/**
 * What a transport may know about its connection: the keys of {@link BaseTransport#getExtraInfo}.
 *
 * @param <T> the type of the fact
 */
public final class ExtraInfo<T> {

    /** The address of the other side (asyncio's {@code peername}). */
    public static final ExtraInfo<SocketAddress> PEER_ADDRESS = new ExtraInfo<>("peer address");

    /** The address of this side (asyncio's {@code sockname}). */
    public static final ExtraInfo<SocketAddress> LOCAL_ADDRESS = new ExtraInfo<>("local address");

    /**
     * The channel beneath (asyncio's {@code socket}): for its options. Reading, writing or closing it behind the
     * transport's back ends badly.
     */
    public static final ExtraInfo<SelectableChannel> CHANNEL = new ExtraInfo<>("channel");

    private final String name;

    private ExtraInfo(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return "ExtraInfo[" + name + "]";
    }
}
