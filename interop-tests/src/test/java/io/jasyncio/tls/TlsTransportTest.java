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
