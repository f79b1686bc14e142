package io.jasyncio.transport;

import io.jasyncio.CoroutineAction;
import io.jasyncio.HostResolver;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.kit.FullBacklog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * One port on several addresses of the loopback interface, with something else behind each; and the name {@code "several"}, which
 * stands for these addresses in the order in which they were added.
 */
public final class LocalPort implements AutoCloseable {

    /** For whom {@link #options} finds the addresses. */
    public static final String NAME = "several";

    private final List<InetAddress> addresses = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;

    /** Opens nothing yet. */
    public LocalPort() {}

    /** Whoever connects there gets through, up to the backlog. */
    public ServerSocketChannel listening(String address) throws IOException {
        var server = ServerSocketChannel.open();
        open.add(server);
        server.bind(at(address), 50);
        server.configureBlocking(false);
        taken(server);
        return server;
    }

    /** Whoever connects there is refused: the port is taken, but nobody listens. */
    public LocalPort refusing(String address) throws IOException {
        var taken = SocketChannel.open();
        open.add(taken);
        taken.bind(at(address));
        taken(taken);
        return this;
    }

    /** Whoever connects there hears nothing: the backlog is full. */
    public LocalPort silent(String address) throws IOException {
        var full = FullBacklog.at(at(address));
        open.add(full);
        port = full.port();
        return this;
    }

    /** A test that needs IPv6 is skipped where the loopback interface has none. */
    public static void assumeIpv6() {
        try (var probe = ServerSocketChannel.open()) {
            probe.bind(new InetSocketAddress("::1", 0));
        } catch (IOException | UnsupportedAddressTypeException missing) {
            Assumptions.abort("no IPv6 here: " + missing);
        }
    }

    private InetSocketAddress at(String address) throws IOException {
        if (address.indexOf(':') >= 0) {
            assumeIpv6();
        }
        addresses.add(InetAddress.getByName(address));
        return new InetSocketAddress(address, port);
    }

    private void taken(NetworkChannel channel) throws IOException {
        port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** The port. */
    public int number() {
        return port;
    }

    /** A loop that knows the name. */
    public LoopOptions options() {
        return LoopOptions.defaults().withResolver(naming(addresses));
    }

    /** Runs a body on a loop that knows the name. */
    public void run(CoroutineAction body) throws Exception {
        try (var runner = new Runner(options())) {
            runner.run(body);
        }
    }

    /** Knows one name. */
    public static HostResolver naming(List<InetAddress> addresses) {
        return host -> {
            if (!host.equals(NAME)) {
                throw new IOException("nobody should ask for " + host);
            }
            return addresses;
        };
    }

    @Override
    public void close() throws Exception {
        for (var channel : open) {
            channel.close();
        }
    }
}
