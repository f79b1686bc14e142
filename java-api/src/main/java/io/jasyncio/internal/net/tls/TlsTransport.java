package io.jasyncio.internal.net.tls;

import io.jasyncio.LoopFuture;
import io.jasyncio.internal.net.ConnectionOwner;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A transport that encrypts what it hands on to another one. Loop only. */
public abstract class TlsTransport implements Transport {

    /** The side of the client; its lower protocol is to be given to a transport that is about to start. */
    public static TlsTransport client(
            TransportHost host, Protocol protocol, TlsOptions tls, @Nullable String peerHost, int peerPort) {
        throw new UnsupportedOperationException();
    }

    /** The side of the server. */
    public static TlsTransport server(
            TransportHost host, Protocol protocol, TlsOptions tls, @Nullable ConnectionOwner owner) {
        throw new UnsupportedOperationException();
    }

    /** {@link io.jasyncio.LoopNetwork#startTls}. */
    public static LoopFuture<Transport> startTls(
            TransportHost host, Transport transport, Protocol protocol, TlsOptions tls, boolean serverSide) {
        throw new UnsupportedOperationException();
    }

    /** What the transport beneath talks to. */
    public abstract Protocol lowerProtocol();

    /**
     * Tells once whether there is a connection: after the protocol's {@code connectionMade}, with null; or why not, with the
     * failure.
     */
    public abstract void whenEstablished(Consumer<@Nullable Throwable> listener);
}
