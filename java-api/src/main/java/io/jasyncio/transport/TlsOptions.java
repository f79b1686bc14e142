package io.jasyncio.transport;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is made private with TLS. Immutable, and good for any number of connections. Start from {@link #of}, or for
 * clients from {@link #systemDefault}.
 */
public final class TlsOptions {

    private final SSLContext context;
    private @Nullable SSLParameters parameters;
    private @Nullable String serverHostname;
    private boolean verifiesHostname = true;
    private boolean takesTruncationAsEof;
    private Duration handshakeTimeout = Duration.ofSeconds(60);
    private Duration shutdownTimeout = Duration.ofSeconds(30);

    private TlsOptions(SSLContext context) {
        this.context = context;
    }

    private TlsOptions(TlsOptions other) {
        this.context = other.context;
        this.parameters = other.parameters;
        this.serverHostname = other.serverHostname;
        this.verifiesHostname = other.verifiesHostname;
        this.takesTruncationAsEof = other.takesTruncationAsEof;
        this.handshakeTimeout = other.handshakeTimeout;
        this.shutdownTimeout = other.shutdownTimeout;
    }

    /** With a context, which has the keys and says whom to trust. */
    public static TlsOptions of(SSLContext context) {
        return new TlsOptions(Objects.requireNonNull(context, "context"));
    }

    /** With the JVM's own context, which trusts the usual authorities and has no keys: for clients. */
    public static TlsOptions systemDefault() {
        try {
            return of(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("this JVM has no usable default SSLContext", broken);
        }
    }

    /**
     * With application protocols (ALPN), client authentication, cipher suites, protocol versions, names and SNI matchers; what is
     * null among them is as the context has it. A client checks the server's name whether they say so or not.
     *
     * @param parameters belong to these options from now on, and must not be changed any more
     */
    public TlsOptions withParameters(SSLParameters parameters) {
        var copy = new TlsOptions(this);
        copy.parameters = Objects.requireNonNull(parameters, "parameters");
        return copy;
    }

    /**
     * For clients: the name that the server must prove to have, and is told (SNI). The default is the host that is connected to; where
     * there is none, this has to be given.
     */
    public TlsOptions withServerHostname(String serverHostname) {
        if (serverHostname.isEmpty()) {
            throw new IllegalArgumentException("serverHostname must not be empty");
        }
        var copy = new TlsOptions(this);
        copy.serverHostname = serverHostname;
        return copy;
    }

    /** For clients: takes a certificate of any name. Then anybody with a trusted certificate can read along. */
    public TlsOptions withoutHostnameVerification() {
        var copy = new TlsOptions(this);
        copy.verifiesHostname = false;
        return copy;
    }

    /** How long the handshake may take; 60 seconds at first. */
    public TlsOptions withHandshakeTimeout(Duration handshakeTimeout) {
        var copy = new TlsOptions(this);
        copy.handshakeTimeout = requirePositive("handshakeTimeout", handshakeTimeout);
        return copy;
    }

    /** How long the goodbye may take, after which the connection is cut; 30 seconds at first. */
    public TlsOptions withShutdownTimeout(Duration shutdownTimeout) {
        var copy = new TlsOptions(this);
        copy.shutdownTimeout = requirePositive("shutdownTimeout", shutdownTimeout);
        return copy;
    }

    /**
     * Takes an end without a goodbye for an end, as asyncio does. The default is to fail with a {@link TruncatedStreamException}: only
     * who knows from the data itself that it is complete can do without.
     */
    public TlsOptions withTruncationAsEof() {
        var copy = new TlsOptions(this);
        copy.takesTruncationAsEof = true;
        return copy;
    }

    private static Duration requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
        return duration;
    }

    /** The context. */
    public SSLContext context() {
        return context;
    }

    /** What was given with {@link #withParameters}; null for the context's defaults. */
    public @Nullable SSLParameters parameters() {
        return parameters;
    }

    /** The name that was given; null for the host that is connected to. */
    public @Nullable String serverHostname() {
        return serverHostname;
    }

    /** Whether a client checks that the certificate is for the host. */
    public boolean verifiesHostname() {
        return verifiesHostname;
    }

    /** Whether an end without a goodbye is taken for an end. */
    public boolean takesTruncationAsEof() {
        return takesTruncationAsEof;
    }

    /** How long the handshake may take. */
    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /** How long the goodbye may take. */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }
}
