package io.jasyncio.transport;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens. Immutable; start from {@link #DEFAULT}.
 *
 * <p>Small writes always go out at once ({@code TCP_NODELAY}, S111), unless {@link #withOption} says otherwise.
 */
public final class ServerOptions {

    /** A backlog of 100, the port for itself, serving at once: asyncio's defaults. */
    public static final ServerOptions DEFAULT = new ServerOptions();

    private int backlog = 100;
    /** On Windows this option means that several servers may fight for the port. */
    private boolean reuseAddress = !System.getProperty("os.name").startsWith("Windows");

    private boolean reusePort;
    private boolean startServing = true;
    private boolean socketFileCleanup = true;
    private @Nullable StandardProtocolFamily family;
    private SocketSettings settings = SocketSettings.NONE;
    private @Nullable TlsOptions tls;

    private ServerOptions() {}

    private ServerOptions(ServerOptions other) {
        this.backlog = other.backlog;
        this.reuseAddress = other.reuseAddress;
        this.reusePort = other.reusePort;
        this.startServing = other.startServing;
        this.socketFileCleanup = other.socketFileCleanup;
        this.family = other.family;
        this.settings = other.settings;
        this.tls = other.tls;
    }

    /**
     * How many connections may wait to be accepted, and how many are accepted at most before the loop turns to other work. The system
     * has an upper limit of its own. Where a thousand clients may come at once, 100 is too few: the others try again after a second.
     */
    public ServerOptions withBacklog(int backlog) {
        if (backlog <= 0) {
            throw new IllegalArgumentException("backlog must be positive: " + backlog);
        }
        var copy = new ServerOptions(this);
        copy.backlog = backlog;
        return copy;
    }

    /** Whether a port may be taken that connections of an earlier server still hold for a while. Yes by default, but on Windows. */
    public ServerOptions withReuseAddress(boolean reuseAddress) {
        var copy = new ServerOptions(this);
        copy.reuseAddress = reuseAddress;
        return copy;
    }

    /** Whether other servers may listen on the same port, and share its connections. */
    public ServerOptions withReusePort(boolean reusePort) {
        var copy = new ServerOptions(this);
        copy.reusePort = reusePort;
        return copy;
    }

    /** Whether the system asks from time to time if a silent peer is still there. */
    public ServerOptions withKeepAlive(boolean keepAlive) {
        return withOption(StandardSocketOptions.SO_KEEPALIVE, keepAlive);
    }

    /**
     * Whether connections are accepted at once, or only after {@code startServing()}. Until then clients can connect all the same, up to
     * the backlog, and wait: Java cannot bind without listening.
     */
    public ServerOptions withStartServing(boolean startServing) {
        var copy = new ServerOptions(this);
        copy.startServing = startServing;
        return copy;
    }

    /**
     * On addresses of one family alone. Without a host, IPv6 means IPv4 clients as well: Java does not know how to keep them out.
     */
    public ServerOptions withFamily(StandardProtocolFamily family) {
        var copy = new ServerOptions(this);
        copy.family = Objects.requireNonNull(family, "family");
        return copy;
    }

    /** Sets a socket option on each accepted connection, see {@link StandardSocketOptions}. */
    public <V> ServerOptions withOption(SocketOption<V> option, V value) {
        var copy = new ServerOptions(this);
        copy.settings = settings.with(option, value);
        return copy;
    }

    /** With TLS; a protocol is told of its connection when the handshake is over. */
    public ServerOptions withTls(TlsOptions tls) {
        var copy = new ServerOptions(this);
        copy.tls = Objects.requireNonNull(tls, "tls");
        return copy;
    }

    /** Whether a Unix server removes its socket file when it is closed (S116). Yes by default. */
    public ServerOptions withSocketFileCleanup(boolean socketFileCleanup) {
        var copy = new ServerOptions(this);
        copy.socketFileCleanup = socketFileCleanup;
        return copy;
    }

    /** How many connections may wait. */
    public int backlog() {
        return backlog;
    }

    /** Whether a port may be taken that old connections still hold. */
    public boolean reuseAddress() {
        return reuseAddress;
    }

    /** Whether the port is shared. */
    public boolean reusePort() {
        return reusePort;
    }

    /** Whether connections are accepted at once. */
    public boolean startServing() {
        return startServing;
    }

    /** The only family of addresses; null for all. */
    public @Nullable StandardProtocolFamily family() {
        return family;
    }

    /** How to make connections private; null for not at all. */
    public @Nullable TlsOptions tls() {
        return tls;
    }

    /** Whether a Unix server removes its socket file. */
    public boolean socketFileCleanup() {
        return socketFileCleanup;
    }

    /**
     * For runtimes: sets the options of {@link #withOption} on an accepted channel.
     *
     * @throws IllegalArgumentException if the channel has no such option, or it cannot have that value
     * @throws IOException if it cannot be set
     */
    public void applyTo(NetworkChannel channel) throws IOException {
        settings.applyTo(channel);
    }
}
