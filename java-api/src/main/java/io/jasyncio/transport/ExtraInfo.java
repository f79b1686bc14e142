package io.jasyncio.transport;

import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

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

    /** Over TLS: protocol version, cipher, the other side's certificates (asyncio's {@code cipher}, {@code peercert}). */
    public static final ExtraInfo<SSLSession> TLS_SESSION = new ExtraInfo<>("TLS session");

    /** Over TLS: what both sides agreed to speak (ALPN); null if they did not talk about it. */
    public static final ExtraInfo<String> APPLICATION_PROTOCOL = new ExtraInfo<>("application protocol");

    /** Over TLS: where keys and trust come from (asyncio's {@code sslcontext}). */
    public static final ExtraInfo<SSLContext> SSL_CONTEXT = new ExtraInfo<>("SSL context");

    private final String name;

    private ExtraInfo(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return "ExtraInfo[" + name + "]";
    }
}
