package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.internal.net.tls.TlsTransport;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.WriteBufferLimits;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** TLS as a transport: what it knows, what it hands on, and what it keeps back. The contract kit has the rest. */
@ExtendWith(AsyncioExtension.class)
class TlsTransportTest {

    @Test
    void nobodyIsToldOfAConnectionBeforeTheOtherSideIsKnown() throws Exception {
        MemoryLink.run(link -> {
            var client = link.tlsClient(Keys.client());
            link.client.onMade = transport -> {
                assertSame(client, transport);
                assertNotNull(transport.getExtraInfo(ExtraInfo.TLS_SESSION));
                assertFalse(link.clientOutcome.isKnown, "connectionMade comes first");
            };
            assertNull(client.getExtraInfo(ExtraInfo.TLS_SESSION));
            assertFalse(client.isReading());
            link.connect(client.lowerProtocol(), link.tlsServer(Keys.server()).lowerProtocol());
            await(link.client.made);
            assertTrue(link.clientOutcome.isKnown);
            assertNull(link.clientOutcome.failure);
            assertTrue(client.isReading());
            client.abort();
            await(link.client.lost);
            await(link.server.lost);
        });
    }

    @OnEachVersion
    void bothSidesKnowWhatWasAgreed(String version) throws Exception {
        var client = Keys.client().withParameters(agreeing(version, "h2", "echo"));
        var server = Keys.server().withParameters(agreeing(version, "echo"));
        MemoryLink.connected(client, server, link -> {
            for (var side : List.of(link.client, link.server)) {
                var session = side.transport.getExtraInfo(ExtraInfo.TLS_SESSION);
                assertEquals(version, session.getProtocol());
                assertEquals("echo", side.transport.getExtraInfo(ExtraInfo.APPLICATION_PROTOCOL));
            }
            assertSame(client.context(), link.client.transport.getExtraInfo(ExtraInfo.SSL_CONTEXT));
            assertEquals(
                    "CN=localhost",
                    link.client
                            .transport
                            .getExtraInfo(ExtraInfo.TLS_SESSION)
                            .getPeerPrincipal()
                            .getName());
        });
    }

    private static SSLParameters agreeing(String version, String... protocols) {
        var parameters = Keys.protocols(version);
        parameters.setApplicationProtocols(protocols);
        return parameters;
    }

    @Test
    void whoeverSaysNothingOfProtocolsHasNone() throws Exception {
        MemoryLink.connected(link -> assertNull(link.client.transport.getExtraInfo(ExtraInfo.APPLICATION_PROTOCOL)));
    }

    // ---- Names -----------------------------------------------------------------------------------------------------

    private static String nameSeenByTheServer(TlsOptions client) throws Exception {
        var seen = new String[1];
        MemoryLink.connected(client, Keys.server(), link -> {
            var session = (ExtendedSSLSession) link.server.transport.getExtraInfo(ExtraInfo.TLS_SESSION);
            var names = session.getRequestedServerNames();
            seen[0] = names.isEmpty() ? "" : ((SNIHostName) names.get(0)).getAsciiName();
        });
        return seen[0];
    }

    @Test
    void theServerIsToldWhoIsMeant() throws Exception {
        var options = TlsOptions.of(Keys.context(null));
        assertEquals("localhost", nameSeenByTheServer(options));
        assertEquals("echo.example.test", nameSeenByTheServer(options.withServerHostname("echo.example.test")));
        assertEquals("echo.example.test", nameSeenByTheServer(options.withServerHostname("echo.example.test.")));
    }

    /** RFC 6066: an address is no name. */
    @Test
    void anAddressIsNotToldToTheServer() throws Exception {
        for (var address : List.of("127.0.0.1", "::1", "[::1]")) {
            assertEquals("", nameSeenByTheServer(Keys.client().withServerHostname(address)), address);
        }
    }

    /** A name that is good enough for the system's own tables, but cannot be said in a handshake. */
    @Test
    void aNameThatIsNoHostNameIsNotToldToTheServer() throws Exception {
        var options = Keys.client().withServerHostname("my_service").withoutHostnameVerification();
        assertEquals("", nameSeenByTheServer(options));
    }

    @Test
    void aNameInTheParametersGoesFirst() throws Exception {
        var parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("another.example.test")));
        assertEquals("another.example.test", nameSeenByTheServer(Keys.client().withParameters(parameters)));
    }

    @Test
    void withoutANameThereIsNoClientUnlessNobodyAsks() throws Exception {
        MemoryLink.run(link -> {
            var options = TlsOptions.of(Keys.context(null));
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> TlsTransport.client(link.host, link.client, options, null, -1));
            assertTrue(refused.getMessage().contains("withServerHostname"), refused.getMessage());
            assertNotNull(TlsTransport.client(link.host, link.client, options.withoutHostnameVerification(), null, -1));
        });
    }

    @Test
    void parametersDoNotSwitchTheCheckOfTheNameOff() throws Exception {
        var options = Keys.client().withServerHostname("wrong.example.test").withParameters(new SSLParameters());
        MemoryLink.run(link -> {
            link.connect(
                    link.tlsClient(options).lowerProtocol(),
                    link.tlsServer(Keys.server()).lowerProtocol());
            MemoryLink.settle();

            assertTrue(link.clientOutcome.failure.getMessage().contains("wrong.example.test"));
        });
    }

    @Test
    void theCheckOfTheNameCanBeSwitchedOff() throws Exception {
        var options = Keys.client().withServerHostname("wrong.example.test").withoutHostnameVerification();
        MemoryLink.connected(options, Keys.server(), link -> assertNull(link.clientOutcome.failure));
    }

    // ---- Data ------------------------------------------------------------------------------------------------------

    @Test
    void aPauseInConnectionMadeHolds() throws Exception {
        MemoryLink.run(link -> {
            link.server.onMade = Transport::pauseReading;
            link.client.onMade = transport -> transport.write("early".getBytes());
            link.connect(
                    link.tlsClient(Keys.client()).lowerProtocol(),
                    link.tlsServer(Keys.server()).lowerProtocol());
            MemoryLink.settle();
            assertEquals("", link.server.text());
            link.server.transport.resumeReading();
            assertEquals("early", link.server.text());
            link.client.transport.close();
            assertNull(await(link.server.lost));
            assertNull(await(link.client.lost));
        });
    }

    /** Several records in one read, as a fast sender makes them. */
    @Test
    void nothingComesAfterAPause() throws Exception {
        MemoryLink.connected(link -> {
            link.server.onData = data -> link.server.transport.pauseReading();
            link.client.transport.write(Conversation.bytes(200_000));
            MemoryLink.settle();
            var first = link.server.received().length;
            assertTrue(first < 200_000, first + " bytes came");
            MemoryLink.settle();
            assertEquals(first, link.server.received().length);
            while (link.server.received().length < 200_000) {
                link.server.transport.resumeReading();
                MemoryLink.settle();
            }
            assertArrayEquals(Conversation.bytes(200_000), link.server.received());
        });
    }

    @Test
    void aSlowReaderStopsAFastWriter() throws Exception {
        MemoryLink.connected(link -> {
            link.server.transport.pauseReading();
            var written = 0;
            while (!link.client.events.contains("pause")) {
                link.client.transport.write(new byte[10_000]);
                written += 10_000;
            }
            assertTrue(written < 300_000, () -> "so much was taken: " + link.client.transport.getWriteBufferSize());
            assertTrue(link.client.transport.getWriteBufferSize() > WriteBufferLimits.DEFAULT.highBytes());
            link.server.transport.resumeReading();
            await(link.server.receivedAsync(written));
            assertEquals(List.of("made", "pause", "resume"), link.client.events);
            assertEquals(0, link.client.transport.getWriteBufferSize());
        });
    }

    @Test
    void anUpperLimitOfZeroIsReachedAgain() throws Exception {
        MemoryLink.connected(link -> {
            link.client.transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
            link.client.transport.write(new byte[100_000]);
            assertEquals(List.of("made", "pause"), link.client.events);
            await(link.server.receivedAsync(100_000));
            MemoryLink.settle();
            assertEquals(List.of("made", "pause", "resume"), link.client.events);
        });
    }

    /** Both sides have to read while they write: with tickets, TLS 1.3 has a server write to a client that does not expect it. */
    @OnEachVersion
    void aConnectionThatTakesAByteAtATime(String version) throws Exception {
        MemoryLink.run(link -> {
            var client = Keys.client().withParameters(Keys.protocols(version));
            link.connect(
                    link.tlsClient(client).lowerProtocol(),
                    link.tlsServer(Keys.server()).lowerProtocol(),
                    1);
            await(link.client.made);
            link.client.transport.write(Conversation.bytes(5_000));
            link.client.transport.close();
            assertNull(await(link.server.lost));
            assertNull(await(link.client.lost));
            assertArrayEquals(Conversation.bytes(5_000), link.server.received());
        });
    }

    @Test
    void chunksShareRecords() throws Exception {
        MemoryLink.connected(link -> {
            link.client.transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(1 << 20));
            link.server.transport.pauseReading();
            link.client.transport.write(new byte[100_000]);
            var before = link.client.transport.getWriteBufferSize();
            var chunks = new byte[1_000][10];
            link.client.transport.writelines(List.of(chunks));
            assertTrue(link.client.transport.getWriteBufferSize() - before < 10_100, "one record, not a thousand");
            link.server.transport.resumeReading();
            await(link.server.receivedAsync(110_000));
        });
    }

    /** The other way, each idle connection of a server would cost as much as a busy one. */
    @Test
    void anIdleConnectionKeepsNoBuffer() throws Exception {
        MemoryLink.connected(link -> {
            var before = link.host.heapBuffers().take();
            link.host.heapBuffers().give(before);
            link.client.transport.write(new byte[100_000]);
            await(link.server.receivedAsync(100_000));
            assertSame(before, link.host.heapBuffers().take(), "all connections use the same");
        });
    }

    // ---- TLS in TLS ------------------------------------------------------------------------------------------------

    @Test
    void tlsGoesOverTls() throws Exception {
        MemoryLink.run(link -> {
            var outerClient = TlsTransport.client(
                    link.host, link.tlsClient(Keys.client()).lowerProtocol(), Keys.client(), null, -1);
            var outerServer =
                    TlsTransport.server(link.host, link.tlsServer(Keys.server()).lowerProtocol(), Keys.server(), null);
            link.connect(outerClient.lowerProtocol(), outerServer.lowerProtocol());
            await(link.client.made);
            await(link.server.made);
            link.server.onData = link.server.transport::write;
            link.client.transport.write(Conversation.bytes(300_000));
            await(link.client.receivedAsync(300_000));
            assertArrayEquals(Conversation.bytes(300_000), link.client.received());
            link.client.transport.close();
            assertNull(await(link.client.lost));
            assertNull(await(link.server.lost));
            assertTrue(outerClient.isClosing() && outerServer.isClosing());
        });
    }
}
