package io.jasyncio.internal.net.tls;

import io.jasyncio.ErrorContext;
import io.jasyncio.LoopFuture;
import io.jasyncio.internal.net.ConnectionOwner;
import io.jasyncio.internal.net.FilePieces;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.transport.BaseProtocol;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.WriteBufferLimits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over any other transport, TLS included (asyncio's {@code SSLProtocol}): this half is the transport for the protocol above, the
 * {@link TlsLink} is the protocol for the transport beneath, and a {@link TlsMachine} is between the two. Loop only.
 *
 * <p>The protocol is told of its connection when the handshake is over, so that it never sees anybody who was not checked; and of the
 * end when the transport beneath has ended.
 */
public final class TlsTransport implements Transport {

    private static final System.Logger LOG = System.getLogger("io.jasyncio");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** How many writes after the end are dropped without a word (S105). */
    private static final int TOLERATED_WRITES = 5;

    private final TransportHost host;
    private final TlsOptions options;
    private final TlsLink link;
    private final TlsReading reading;
    private final @Nullable ConnectionOwner owner;

    /** Whether the protocol knows of its connection already, from before there was TLS. */
    private final boolean upgrades;

    private Protocol protocol;
    private @Nullable Consumer<@Nullable Throwable> establishedListener;
    private boolean established;
    private int droppedWrites;

    private TlsTransport(
            TransportHost host,
            Protocol protocol,
            TlsOptions options,
            SSLEngine engine,
            @Nullable ConnectionOwner owner,
            @Nullable Transport upgraded) {
        this.host = host;
        this.protocol = Objects.requireNonNull(protocol, "protocol");
        this.options = options;
        this.owner = owner;
        this.upgrades = upgraded != null;
        this.link = new TlsLink(host, this, engine, options, upgrades && upgraded.getProtocol() == protocol);
        this.reading = new TlsReading(this, link);
        if (owner != null) {
            owner.attach(this);
        }
    }

    /**
     * The side of the client; its {@link #lowerProtocol} is to be given to a transport that is about to start.
     *
     * @throws IllegalArgumentException if neither the options nor the caller know whom the other side must be
     */
    public static TlsTransport client(
            TransportHost host, Protocol protocol, TlsOptions tls, @Nullable String peerHost, int peerPort) {
        return new TlsTransport(host, protocol, tls, TlsEngines.client(tls, peerHost, peerPort), null, null);
    }

    /**
     * The side of the server; likewise.
     *
     * @param owner keeps account of it, from now on and so before the handshake; null if nobody does
     */
    public static TlsTransport server(
            TransportHost host, Protocol protocol, TlsOptions tls, @Nullable ConnectionOwner owner) {
        return new TlsTransport(host, protocol, tls, TlsEngines.server(tls), owner, null);
    }

    /** {@link io.jasyncio.LoopNetwork#startTls}. */
    public static LoopFuture<Transport> startTls(
            TransportHost host, Transport transport, Protocol protocol, TlsOptions tls, boolean serverSide) {
        if (transport.isClosing()) {
            return host.loop()
                    .services()
                    .failed(new SocketException("TLS cannot begin on a connection that is closing: " + transport));
        }
        var engine = serverSide ? TlsEngines.server(tls) : TlsEngines.client(tls, null, portOf(transport));
        var unread = NOTHING;
        var ended = false;
        var encrypted = new TlsTransport(host, protocol, tls, engine, null, transport);
        if (protocol instanceof TlsUpgradable upgradable) {
            unread = upgradable.takeUnread();
            ended = upgradable.hasEnded();
            upgradable.upgraded(encrypted);
        }
        var future = host.loop().<Transport>createFuture();
        encrypted.whenEstablished(failure -> {
            if (failure == null) {
                future.complete(encrypted);
            } else {
                future.completeExceptionally(failure);
            }
        });
        future.whenEnded(() -> {
            if (future.isCancelled()) {
                encrypted.link.lose(null);
            }
        });
        encrypted.link.takeOver(transport, unread, ended);
        return future;
    }

    /**
     * Where there is no name of a host to connect to, none can be verified either.
     *
     * @throws IllegalArgumentException if it should be
     */
    public static void requireServerHostname(TlsOptions tls, @Nullable String connectedTo) {
        if (connectedTo == null && tls.serverHostname() == null && tls.verifiesHostname()) {
            throw new IllegalArgumentException("TLS needs TlsOptions.withServerHostname(...) where no host is"
                    + " connected to by name, or withoutHostnameVerification()");
        }
    }

    /** What a program uses of a connection: what {@link #startTls} has put over it, or the connection itself. */
    public static Transport topOf(Transport transport) {
        var top = transport;
        while (top.getProtocol() instanceof TlsLink link) {
            top = link.transport();
        }
        return top;
    }

    private static int portOf(Transport transport) {
        return transport.getExtraInfo(ExtraInfo.PEER_ADDRESS) instanceof InetSocketAddress address
                ? address.getPort()
                : -1;
    }

    /** What the transport beneath talks to. */
    public Protocol lowerProtocol() {
        return link;
    }

    /**
     * Tells once whether there is a connection: after the protocol's {@code connectionMade}, with null; or why not, with the
     * failure.
     */
    public void whenEstablished(Consumer<@Nullable Throwable> listener) {
        establishedListener = listener;
    }

    // ---- What the protocol is told ---------------------------------------------------------------------------------

    void established() {
        established = true;
        if (!upgrades) {
            tell("connectionMade", it -> it.connectionMade(this));
        }
        tellEstablished(null);
    }

    void received(ByteBuffer data) {
        reading.deliver(data);
    }

    /** The answer does not count: over TLS both directions end together (S106). */
    void peerEnded() {
        tell("eofReceived", Protocol::eofReceived);
    }

    void lost(@Nullable Exception cause) {
        try {
            if (established || upgrades) {
                protocol.connectionLost(cause);
            }
        } finally {
            if (!established) {
                notEstablished(
                        cause != null
                                ? cause
                                : new SSLHandshakeException("the connection was closed during the TLS handshake"));
            }
            if (owner != null) {
                owner.detach(this);
            }
        }
    }

    private void notEstablished(Exception failure) {
        LOG.log(Level.DEBUG, () -> "TLS handshake failed: " + this, failure);
        tellEstablished(failure);
    }

    private void tellEstablished(@Nullable Throwable failure) {
        var listener = establishedListener;
        establishedListener = null;
        if (listener != null) {
            listener.accept(failure);
        }
    }

    /** Calls the protocol; what it throws ends the connection (S109). */
    void tell(String method, Consumer<Protocol> call) {
        try {
            call.accept(protocol);
        } catch (Throwable failure) {
            var message = "Fatal error: protocol." + method + "() call failed.";
            if (failure instanceof IOException) {
                LOG.log(Level.DEBUG, () -> message + ": " + this, failure);
            } else {
                host.loop().callExceptionHandler(new ErrorContext(message, failure, this));
            }
            link.lose(failure instanceof Exception reason ? reason : new RuntimeException(message, failure));
        }
    }

    // ---- Reading ---------------------------------------------------------------------------------------------------

    @Override
    public boolean isReading() {
        return reading.isOn();
    }

    @Override
    public void pauseReading() {
        requireLoop("pauseReading");
        reading.pause();
    }

    @Override
    public void resumeReading() {
        requireLoop("resumeReading");
        reading.resume();
    }

    // ---- Writing ---------------------------------------------------------------------------------------------------

    @Override
    public void write(ByteBuffer data) {
        requireLoop("write");
        FilePieces.requireNone(protocol, "write");
        if (takesWrite(data.hasRemaining())) {
            link.machine.write(data);
            link.pressure.queued(link.machine.waitingBytes());
        }
        data.position(data.limit());
    }

    /** Small chunks share a record: each one costs some thirty bytes and a pass of the cipher. */
    @Override
    public void writelines(Iterable<byte[]> chunks) {
        requireLoop("writelines");
        FilePieces.requireNone(protocol, "writelines");
        // Taken all at once, before anything is written: an iterable of the caller's may do anything.
        var pieces = new ArrayList<byte[]>();
        chunks.forEach(chunk -> pieces.add(Objects.requireNonNull(chunk, "chunk")));
        var gathered = host.heapBuffers().take();
        try {
            for (var piece : pieces) {
                for (var from = 0; from < piece.length; ) {
                    var count = Math.min(piece.length - from, gathered.remaining());
                    gathered.put(piece, from, count);
                    from += count;
                    if (!gathered.hasRemaining()) {
                        write(gathered.flip());
                        gathered.clear();
                    }
                }
            }
            write(gathered.flip());
        } finally {
            host.heapBuffers().give(gathered);
        }
    }

    private boolean takesWrite(boolean hasData) {
        if (hasData && link.isClosing() && ++droppedWrites >= TOLERATED_WRITES) {
            host.loop().services().logWarning("write to a connection that is lost: " + this);
        }
        return hasData && !link.isClosing();
    }

    /** TLS up to 1.2 cannot end one direction, and whoever writes a program does not know what he will talk to. */
    @Override
    public boolean canWriteEof() {
        return false;
    }

    @Override
    public void writeEof() {
        throw new UnsupportedOperationException("TLS cannot end one direction on its own: " + this);
    }

    @Override
    public int getWriteBufferSize() {
        var beneath = link.lower();
        var size = link.machine.waitingBytes() + (beneath == null ? 0 : beneath.getWriteBufferSize());
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return link.pressure.limits();
    }

    @Override
    public void setWriteBufferLimits(WriteBufferLimits limits) {
        requireLoop("setWriteBufferLimits");
        link.setLimits(Objects.requireNonNull(limits, "limits"));
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    @Override
    public void close() {
        requireLoop("close");
        link.close();
    }

    @Override
    public void abort() {
        requireLoop("abort");
        link.lose(null);
    }

    @Override
    public boolean isClosing() {
        return link.isClosing();
    }

    // ---- Facts -----------------------------------------------------------------------------------------------------

    @Override
    public Protocol getProtocol() {
        return protocol;
    }

    @Override
    public void setProtocol(BaseProtocol protocol) {
        requireLoop("setProtocol");
        FilePieces.requireNone(this.protocol, "setProtocol");
        if (!(protocol instanceof Protocol streamProtocol)) {
            throw new IllegalArgumentException("a stream of bytes needs a Protocol: " + protocol);
        }
        this.protocol = streamProtocol;
    }

    @Override
    @SuppressWarnings("unchecked") // each key is of the type of its value
    public <T> @Nullable T getExtraInfo(ExtraInfo<T> key) {
        if (key == ExtraInfo.SSL_CONTEXT) {
            return (T) options.context();
        } else if (key == ExtraInfo.TLS_SESSION) {
            return established ? (T) link.engine.getSession() : null;
        } else if (key == ExtraInfo.APPLICATION_PROTOCOL) {
            var agreed = established ? link.engine.getApplicationProtocol() : null;
            return agreed == null || agreed.isEmpty() ? null : (T) agreed;
        }
        var beneath = link.lower();
        return beneath == null ? null : beneath.getExtraInfo(key);
    }

    private void requireLoop(String method) {
        host.loop().services().requireOwnThread(method);
    }

    @Override
    public String toString() {
        var state = link.isLost() ? "closed" : link.isClosing() ? "closing" : established ? "open" : "in its handshake";
        return "TlsTransport[over " + link.lower() + ", " + state + "]";
    }
}
