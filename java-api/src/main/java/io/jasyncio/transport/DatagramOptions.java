package io.jasyncio.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a socket for datagrams is opened. Immutable; start from {@link #DEFAULT}. */
public final class DatagramOptions {

    /** Any local port on all interfaces, not connected. */
    public static final DatagramOptions DEFAULT = new DatagramOptions();

    private @Nullable SocketAddress localAddress;
    private @Nullable SocketAddress remoteAddress;
    private @Nullable StandardProtocolFamily family;
    private @Nullable DatagramChannel channel;
    private boolean reusePort;
    private SocketSettings settings = SocketSettings.NONE;

    private DatagramOptions() {}

    private DatagramOptions(DatagramOptions other) {
        this.localAddress = other.localAddress;
        this.remoteAddress = other.remoteAddress;
        this.family = other.family;
        this.channel = other.channel;
        this.reusePort = other.reusePort;
        this.settings = other.settings;
    }

    /**
     * Where to receive; port 0 for any.
     *
     * @throws IllegalArgumentException if the name in the address was not looked up
     */
    public DatagramOptions withLocalAddress(SocketAddress localAddress) {
        var copy = new DatagramOptions(this);
        copy.localAddress = requireResolved("localAddress", localAddress);
        return copy;
    }

    /**
     * Sends to and receives from this address alone: a connected endpoint.
     *
     * @throws IllegalArgumentException if the name in the address was not looked up
     */
    public DatagramOptions withRemoteAddress(SocketAddress remoteAddress) {
        var copy = new DatagramOptions(this);
        copy.remoteAddress = requireResolved("remoteAddress", remoteAddress);
        return copy;
    }

    private static SocketAddress requireResolved(String name, SocketAddress address) {
        if (Objects.requireNonNull(address, name) instanceof InetSocketAddress internet && internet.isUnresolved()) {
            throw new IllegalArgumentException(name + " has no IP address, its name was not looked up: " + address);
        }
        return address;
    }

    /** The family of addresses. Multicast needs the family of its group; by default it is that of the addresses given. */
    public DatagramOptions withFamily(StandardProtocolFamily family) {
        var copy = new DatagramOptions(this);
        copy.family = Objects.requireNonNull(family, "family");
        return copy;
    }

    /** Takes an open channel, with the addresses it has; it is closed with the transport. */
    public DatagramOptions withChannel(DatagramChannel channel) {
        var copy = new DatagramOptions(this);
        copy.channel = Objects.requireNonNull(channel, "channel");
        return copy;
    }

    /** Whether others may receive on the same port. */
    public DatagramOptions withReusePort(boolean reusePort) {
        var copy = new DatagramOptions(this);
        copy.reusePort = reusePort;
        return copy;
    }

    /** Whether datagrams may be sent to all hosts of a network. */
    public DatagramOptions withBroadcast(boolean broadcast) {
        return withOption(StandardSocketOptions.SO_BROADCAST, broadcast);
    }

    /** Sets a socket option, see {@link StandardSocketOptions}: how far multicast goes, and by which interface. */
    public <V> DatagramOptions withOption(SocketOption<V> option, V value) {
        var copy = new DatagramOptions(this);
        copy.settings = settings.with(option, value);
        return copy;
    }

    /** Where to receive; null for any port on all interfaces. */
    public @Nullable SocketAddress localAddress() {
        return localAddress;
    }

    /** Whom to talk to; null for everybody. */
    public @Nullable SocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** The family of addresses; null for that of the addresses given. */
    public @Nullable StandardProtocolFamily family() {
        return family;
    }

    /** The channel to take; null to open one. */
    public @Nullable DatagramChannel channel() {
        return channel;
    }

    /** Whether the port is shared. */
    public boolean reusePort() {
        return reusePort;
    }

    /**
     * For runtimes: sets the options of {@link #withOption} on a channel.
     *
     * @throws IOException if there is no such option, or it cannot be set
     */
    public void applyTo(NetworkChannel channel) throws IOException {
        settings.applyTo(channel);
    }
}
