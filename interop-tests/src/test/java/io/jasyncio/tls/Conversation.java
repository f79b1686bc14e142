package io.jasyncio.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Two machines that talk to each other in memory. */
record Conversation(Side client, Side server) {

    /** More than any piece that is ever sent. */
    static final int ALL = 1 << 20;

    private static final int MOST_STEPS = 10_000_000;

    private static final SSLContext SERVER = Keys.context("server");
    private static final SSLContext CLIENT = Keys.context(null);

    static Conversation of(SSLEngine client, SSLEngine server) {
        return of(new Side(client, false), new Side(server, false));
    }

    static Conversation of(Side client, Side server) {
        client.peer = server;
        server.peer = client;
        return new Conversation(client, server);
    }

    /** Between a client and "localhost". */
    static Conversation of(String... versions) {
        return of(client(CLIENT, "localhost", versions), server(SERVER, versions));
    }

    static SSLEngine client(SSLContext context, String host, String... versions) {
        var engine = context.createSSLEngine(host, 443);
        engine.setUseClientMode(true);
        adjust(engine, parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
        adjust(engine, parameters -> parameters.setProtocols(versions));
        return engine;
    }

    static SSLEngine server(SSLContext context, String... versions) {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        adjust(engine, parameters -> parameters.setProtocols(versions));
        return engine;
    }

    static void adjust(SSLEngine engine, Consumer<SSLParameters> change) {
        var parameters = engine.getSSLParameters();
        change.accept(parameters);
        engine.setSSLParameters(parameters);
    }

    static byte[] bytes(int count) {
        var data = new byte[count];
        new Random(count).nextBytes(data);
        return data;
    }

    Conversation start() {
        server.machine.start();
        client.machine.start();
        return this;
    }

    /** Lets everything arrive, in pieces of at most so many bytes. */
    Conversation settle(int mostBytes) {
        for (var steps = 0; client.step(mostBytes) | server.step(mostBytes); steps++) {
            assertTrue(steps < MOST_STEPS, "the two never come to rest");
        }
        return this;
    }

    Conversation settle() {
        return settle(ALL);
    }

    /** The same up to the end of the handshake. */
    Conversation established() {
        start().settle();
        assertTrue(client.machine.isEstablished(), () -> "client: " + client.failure);
        assertTrue(server.machine.isEstablished(), () -> "server: " + server.failure);
        return this;
    }
}
