package io.jasyncio.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.channels.NetworkChannel;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is made. Immutable; start from {@link #DEFAULT}. A time limit is no option: put {@code waitFor} around the call,
 * or a {@code timeout} block.
 *
 * <p>Small writes always go out at once ({@code TCP_NODELAY}, S111), unless {@link #withOption} says otherwise.
 */
public final class ConnectOptions {

    /** Nothing special: one address after the other, no TLS. */
    public static final ConnectOptions DEFAULT = new ConnectOptions();

    private @Nullable InetSocketAddress localAddress;
    private @Nullable StandardProtocolFamily family;
    private @Nullable Duration happyEyeballsDelay;
    private @Nullable Integer interleave;
    private boolean allErrors;
    private SocketSettings settings = SocketSettings.NONE;
    private @Nullable TlsOptions tls;

    private ConnectOptions() {}

    private ConnectOptions(ConnectOptions other) {
        this.localAddress = other.localAddress;
        this.family = other.family;
        this.happyEyeballsDelay = other.happyEyeballsDelay;
        this.interleave = other.interleave;
        this.allErrors = other.allErrors;
        this.settings = other.settings;
        this.tls = other.tls;
    }

    /**
     * From a local address; port 0 for any. Addresses of another family than this one are not reached, unless it is a wildcard or
     * {@linkplain InetSocketAddress#createUnresolved unresolved}: a name may have an address of each family.
     */
    public ConnectOptions withLocalAddress(InetSocketAddress localAddress) {
        var copy = new ConnectOptions(this);
        copy.localAddress = Objects.requireNonNull(localAddress, "localAddress");
        return copy;
    }

    /** To addresses of one family alone. */
    public ConnectOptions withFamily(StandardProtocolFamily family) {
        var copy = new ConnectOptions(this);
        copy.family = Objects.requireNonNull(family, "family");
        return copy;
    }

    /**
     * Tries several addresses side by side (Happy Eyeballs, RFC 8305): the next one when the last one has failed, or has not answered for
     * so long. RFC 8305 recommends 250 milliseconds. Families take turns, see {@link #withInterleave}.
     */
    public ConnectOptions withHappyEyeballsDelay(Duration delay) {
        if (delay.isNegative() || delay.isZero()) {
            throw new IllegalArgumentException("happyEyeballsDelay must be positive: " + delay);
        }
        var copy = new ConnectOptions(this);
        copy.happyEyeballsDelay = delay;
        return copy;
    }

    /**
     * Reorders the addresses so that families take turns.
     *
     * @param firstFamilyCount how many of the first family come before that; 0 for the order of the lookup. The default is 1 with
     *     {@link #withHappyEyeballsDelay} and 0 without
     */
    public ConnectOptions withInterleave(int firstFamilyCount) {
        if (firstFamilyCount < 0) {
            throw new IllegalArgumentException("firstFamilyCount must not be negative: " + firstFamilyCount);
        }
        var copy = new ConnectOptions(this);
        copy.interleave = firstFamilyCount;
        return copy;
    }

    /** Fails with an {@link io.jasyncio.ExceptionGroup} of what went wrong with each address, if all failed. */
    public ConnectOptions withAllErrors(boolean allErrors) {
        var copy = new ConnectOptions(this);
        copy.allErrors = allErrors;
        return copy;
    }

    /** Sets a socket option before connecting, see {@link java.net.StandardSocketOptions}. */
    public <V> ConnectOptions withOption(SocketOption<V> option, V value) {
        var copy = new ConnectOptions(this);
        copy.settings = settings.with(option, value);
        return copy;
    }

    /** With TLS; the connection stands when its handshake is over. */
    public ConnectOptions withTls(TlsOptions tls) {
        var copy = new ConnectOptions(this);
        copy.tls = Objects.requireNonNull(tls, "tls");
        return copy;
    }

    /** The address to connect from; null to let the system choose. */
    public @Nullable InetSocketAddress localAddress() {
        return localAddress;
    }

    /** The only family of addresses; null for all. */
    public @Nullable StandardProtocolFamily family() {
        return family;
    }

    /** After which time the next address is tried; null for one after the other. */
    public @Nullable Duration happyEyeballsDelay() {
        return happyEyeballsDelay;
    }

    /** How many addresses of the first family come first; 0 to leave the order as it is. */
    public int interleave() {
        if (interleave != null) {
            return interleave;
        }
        return happyEyeballsDelay == null ? 0 : 1;
    }

    /** Whether all errors are told. */
    public boolean allErrors() {
        return allErrors;
    }

    /** How to make the connection private; null for not at all. */
    public @Nullable TlsOptions tls() {
        return tls;
    }

    /**
     * For runtimes: sets the options of {@link #withOption} on a channel.
     *
     * @throws IllegalArgumentException if the channel has no such option, or it cannot have that value
     * @throws IOException if it cannot be set
     */
    public void applyTo(NetworkChannel channel) throws IOException {
        settings.applyTo(channel);
    }
}
