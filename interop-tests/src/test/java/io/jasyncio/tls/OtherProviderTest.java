package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.TruncatedStreamException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.channels.SocketChannel;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TLS of another house. Its engine has no delegated tasks, keeps a failure back until it is asked to speak, and says of itself that it
 * has ended when it has an alert to send.
 */
@ExtendWith(AsyncioExtension.class)
class OtherProviderTest {

    /** It tells the console about each connection. The logger is kept here, for else its level could be forgotten. */
    private static final Logger CHATTER = Logger.getLogger("org.bouncycastle");

    static {
        CHATTER.setLevel(Level.OFF);
    }

    /** Who may talk to whom. */
    enum House {
        JDK(Security.getProvider("SunJSSE")),
        BOUNCY_CASTLE(new BouncyCastleJsseProvider(new BouncyCastleProvider()));

        private final Provider provider;

        House(Provider provider) {
            this.provider = provider;
        }

        TlsOptions server(String key, String version) {
            return TlsOptions.of(Keys.context(key, provider)).withParameters(Keys.protocols(version));
        }

        TlsOptions client(String version) {
            return server(null, version).withServerHostname("localhost");
        }
    }

    /** Each version of TLS between two of whom one at least is not the JDK. */
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0} to {1}, {2}")
    @CsvSource({
        "BOUNCY_CASTLE, BOUNCY_CASTLE, TLSv1.2", "BOUNCY_CASTLE, JDK, TLSv1.2", "JDK, BOUNCY_CASTLE, TLSv1.2",
        "BOUNCY_CASTLE, BOUNCY_CASTLE, TLSv1.3", "BOUNCY_CASTLE, JDK, TLSv1.3", "JDK, BOUNCY_CASTLE, TLSv1.3"
    })
    @interface BetweenHouses {}

    private static Conversation conversation(House client, House server, String serverKey, String version) {
        return Conversation.of(
                Conversation.client(Keys.context(null, client.provider), "localhost", version),
                Conversation.server(Keys.context(serverKey, server.provider), version));
    }

    // ---- The machine -----------------------------------------------------------------------------------------------

    @BetweenHouses
    void muchDataGoesBothWaysUpToBothGoodbyes(House client, House server, String version) {
        var both = conversation(client, server, "server", version).established();
        var data = Conversation.bytes(500_000);
        both.client().write(data);
        both.server().write(data);
        both.settle(10_000);
        assertArrayEquals(data, both.server().received());
        assertArrayEquals(data, both.client().received());

        both.client().machine.close();
        both.settle();
        both.server().machine.close();
        both.settle();
        assertEquals(List.of("done", "data", "ended", "peer ended"), both.client().events);
        assertEquals(List.of("done", "data", "peer ended", "ended"), both.server().events);
    }

    @BetweenHouses
    void bytesMayComeOneByOne(House client, House server, String version) {
        var both = conversation(client, server, "server", version).start().settle(1);
        both.client().write(Conversation.bytes(20_000));
        both.settle(1);
        assertArrayEquals(Conversation.bytes(20_000), both.server().received());
    }

    @BetweenHouses
    void anEndWithoutNoticeIsATruncation(House client, House server, String version) {
        var both = conversation(client, server, "server", version).established();
        both.server().write(Conversation.bytes(5_000));
        both.client().connectionEnds = true;
        both.settle();
        assertArrayEquals(Conversation.bytes(5_000), both.client().received());
        assertInstanceOf(TruncatedStreamException.class, both.client().failure);
    }

    /** The one who refuses knows why, and the other one is told. */
    @BetweenHouses
    void aCertificateOfAnotherHostIsRefused(House client, House server, String version) {
        var both = conversation(client, server, "other", version).start().settle();
        assertFalse(both.client().machine.isEstablished());
        assertTrue(reasons(both.client().failure).contains("localhost"), reasons(both.client().failure));
        assertNotNull(both.server().failure, "the alert");
        var alert = reasons(both.server().failure);
        assertTrue(alert.contains("certificate_unknown"), alert);
    }

    private static String reasons(Throwable failure) {
        var reasons = new StringBuilder();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            reasons.append(cause).append('\n');
        }
        return reasons.toString();
    }

    @BetweenHouses
    void aDamagedRecordEndsBoth(House client, House server, String version) {
        var both = conversation(client, server, "server", version).established();
        both.server().write(Conversation.bytes(100));
        var broken = both.client().incoming.peekLast();
        broken[broken.length - 1] ^= 1;
        both.settle();
        assertEquals(List.of("done", "failed"), both.client().events);
        assertEquals(List.of("done", "failed"), both.server().events);
    }

    // ---- Streams ---------------------------------------------------------------------------------------------------

    @BetweenHouses
    void streamsAgreeOnAProtocolAndEchoUntilTheEnd(House client, House server, String version) throws Exception {
        StreamHandler echo = (reader, writer) -> {
            assertEquals("echo", writer.getExtraInfo(ExtraInfo.APPLICATION_PROTOCOL));
            while (await(reader.moreAsync())) {
                var data = reader.view();
                var count = data.remaining();
                writer.write(data);
                reader.skip(count);
                await(writer.drainAsync());
            }
            await(writer.closeAsync());
        };
        var data = Conversation.bytes(1_000_000);
        Asyncio.run(() -> {
            var options = ServerOptions.DEFAULT.withTls(
                    server.server("server", version).withParameters(speaking(version, "echo")));
            var listening = await(Streams.startServer(echo, "127.0.0.1", 0, options));
            var tls = client.client(version).withParameters(speaking(version, "h2", "echo"));
            var pair =
                    await(Streams.openConnection("127.0.0.1", listening.port(), ConnectOptions.DEFAULT.withTls(tls)));
            assertEquals("echo", pair.writer().getExtraInfo(ExtraInfo.APPLICATION_PROTOCOL));
            pair.writer().write(data);
            assertArrayEquals(data, await(pair.reader().readExactlyAsync(data.length)));
            await(pair.closeAsync());
            listening.close();
            await(listening.waitClosedAsync());
        });
    }

    private static SSLParameters speaking(String version, String... protocols) {
        var parameters = Keys.protocols(version);
        parameters.setApplicationProtocols(protocols);
        return parameters;
    }

    @BetweenHouses
    void tlsMayBeginInTheMiddle(House client, House server, String version) throws Exception {
        StreamHandler upgrades = (reader, writer) -> {
            assertEquals("STARTTLS", await(reader.readLineAsync()));
            writer.write("yes\n");
            await(writer.startTlsAsync(server.server("server", version)));
            writer.write(await(reader.readLineAsync()) + ", world\n");
            await(reader.readExactlyAsync(1));
            ((SocketChannel) writer.getExtraInfo(ExtraInfo.CHANNEL)).shutdownOutput();
            writer.transport().abort();
        };
        Asyncio.run(() -> {
            var listening = await(Streams.startServer(upgrades, "127.0.0.1", 0));
            var pair = await(Streams.openConnection("127.0.0.1", listening.port()));
            pair.writer().write("STARTTLS\n");
            assertEquals("yes", await(pair.reader().readLineAsync()));
            await(pair.writer().startTlsAsync(client.client(version)));
            pair.writer().write("hello\n");
            assertEquals("hello, world", await(pair.reader().readLineAsync()));

            // What happens to the connection beneath is no end of what was private.
            pair.writer().write("!");
            assertThrows(SSLException.class, () -> await(pair.reader().readAsync()));
            assertThrows(SSLException.class, () -> await(pair.closeAsync()));
            listening.close();
            await(listening.waitClosedAsync());
        });
    }
}
