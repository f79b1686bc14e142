package io.jasyncio.internal.net.tls;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** What an engine says with a handshake status, which depends on the version of TLS. */
final class EngineStatus {

    private EngineStatus() {}

    /** Asked by what it looks like: an engine says FINISHED once more for every ticket of TLS 1.3. */
    static boolean isHandshakeOver(SSLEngine engine) {
        var status = engine.getHandshakeStatus();
        return (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED)
                && engine.getHandshakeSession() == null
                && !"NONE".equals(engine.getSession().getProtocol());
    }

    /**
     * Whether an engine that wants something after its handshake is about to do another one. Up to TLS 1.2 either side may ask for
     * that at any time. It has been the source of attacks, and TLS 1.3 has given it up: what comes after its handshake, tickets and
     * new keys, is no renegotiation.
     */
    static boolean isRenegotiation(SSLEngine engine) {
        return !engine.isInboundDone()
                && !engine.isOutboundDone()
                && !"TLSv1.3".equals(engine.getSession().getProtocol());
    }
}
