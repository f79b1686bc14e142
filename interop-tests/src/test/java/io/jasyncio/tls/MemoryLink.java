package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;

import io.jasyncio.EventLoop;
import io.jasyncio.internal.net.MemoryPort;
import io.jasyncio.internal.net.StreamTransport;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.internal.net.tls.TlsTransport;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.TlsOptions;
import java.time.Duration;

/** Both ends of a connection in memory, which knows no time but the virtual one, and what a test puts on them. */
final class MemoryLink {

    /** What each end takes before it has read. */
    private static final int CAPACITY_BYTES = 50_000;

    final TransportHost host = new TransportHost((LoopRuntime) EventLoop.current());
    final Talker client = new Talker();
    final Talker server = new Talker();

    /** Why there is no TLS connection, for each side. */
    final Outcome clientOutcome = new Outcome();

    final Outcome serverOutcome = new Outcome();

    /** The transports beneath. */
    StreamTransport lowerClient;

    StreamTransport lowerServer;

    @FunctionalInterface
    interface Body {
        void run(MemoryLink link) throws Exception;
    }

    /** How a handshake has ended. */
    static final class Outcome {
        boolean isKnown;
        Throwable failure;

        private void set(Throwable failure) {
            isKnown = true;
            this.failure = failure;
        }
    }

    /** Runs a body in virtual time. */
    static void run(Body body) throws Exception {
        VirtualTime.run(() -> {
            body.run(new MemoryLink());
            return null;
        });
    }

    /** Runs a body with a TLS connection. */
    static void connected(Body body) throws Exception {
        connected(Keys.client(), Keys.server(), body);
    }

    /** The same with options. */
    static void connected(TlsOptions client, TlsOptions server, Body body) throws Exception {
        run(link -> {
            link.connect(
                    link.tlsClient(client).lowerProtocol(),
                    link.tlsServer(server).lowerProtocol());
            await(link.client.made);
            await(link.server.made);
            body.run(link);
            link.lowerClient.abort();
            link.lowerServer.abort();
            await(link.client.lost);
            await(link.server.lost);
        });
    }

    TlsTransport tlsClient(TlsOptions options) {
        var transport = TlsTransport.client(host, client, options, "localhost", 443);
        transport.whenEstablished(clientOutcome::set);
        return transport;
    }

    TlsTransport tlsServer(TlsOptions options) {
        var transport = TlsTransport.server(host, server, options, null);
        transport.whenEstablished(serverOutcome::set);
        return transport;
    }

    /** Connects two protocols, without TLS unless they have it in them. */
    void connect(Protocol near, Protocol far) {
        connect(near, far, CAPACITY_BYTES);
    }

    /** The same with ends that take so many bytes. */
    void connect(Protocol near, Protocol far, int capacityBytes) {
        var port = MemoryPort.pair(host.loop(), capacityBytes);
        lowerClient = new StreamTransport(host, port, near, null);
        lowerServer = new StreamTransport(host, port.peer(), far, null);
        lowerServer.start(() -> {});
        lowerClient.start(() -> {});
    }

    /**
     * Lets everything happen that needs no time of the loop's clock. It takes less time than any limit of TLS, and far more than
     * a handshake: while other threads work for the loop, its clock goes as theirs does.
     */
    static void settle() throws Exception {
        await(sleep(Duration.ofSeconds(10)));
    }
}
