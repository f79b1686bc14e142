package io.jasyncio.internal.net.tls;

import io.jasyncio.transport.Transport;
import java.nio.ByteBuffer;

/** A protocol that keeps bytes, and its transport, so that both have to change hands when TLS begins in the middle. */
public interface TlsUpgradable {

    /**
     * What has come and was not read, which leaves the protocol: it is the beginning of the handshake. Who takes it for data instead
     * would have somebody slip in something in the clear.
     *
     * @throws IllegalStateException while a read waits
     */
    ByteBuffer takeUnread();

    /** Whether the other side has said already that it sends no more: then no handshake can come to its end. */
    boolean hasEnded();

    /** From now on everything goes by this transport; reading it is not paused. */
    void upgraded(Transport tls);
}
