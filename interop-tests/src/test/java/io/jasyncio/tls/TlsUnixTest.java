package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.TruncatedStreamException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** TLS over Unix domain sockets: as over TCP, but that a path is no host, so that nobody can be verified by it. */
@ExtendWith(AsyncioExtension.class)
class TlsUnixTest {

    private static final String NO_NAME =
            "TLS needs TlsOptions.withServerHostname(...) where no host is connected to by"
                    + " name, or withoutHostnameVerification()";

    private static final TlsOptions NAMELESS = TlsOptions.of(Keys.context(null));

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("socket");
    }

    @FunctionalInterface
    interface Client {
        void run() throws Exception;
    }

    /** Serves connections while a client runs, and then until all of them have ended. */
    private void serving(ServerOptions options, StreamHandler handler, Client client) throws Exception {
        Asyncio.run(() -> {
            var server = await(Streams.startUnixServer(handler, path, options));
            client.run();
            server.close();
            await(server.waitClosedAsync());
            assertFalse(Files.exists(path));
        });
    }

    private static ServerOptions with(TlsOptions tls) {
        return ServerOptions.DEFAULT.withTls(tls);
    }

    private StreamPair open(TlsOptions tls) throws Exception {
        return await(Streams.openUnixConnection(path, ConnectOptions.DEFAULT.withTls(tls)));
    }

    private static void echo(StreamReader reader, StreamWriter writer) throws Exception {
        while (await(reader.moreAsync())) {
            var data = reader.view();
            var count = data.remaining();
            writer.write(data);
            reader.skip(count);
            await(writer.drainAsync());
        }
        await(writer.closeAsync());
    }

    private static void neverServed(StreamReader reader, StreamWriter writer) {
        throw new AssertionError("nobody is to be served here");
    }

    private static void refusedForItsName(Executable call) {
        assertEquals(NO_NAME, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    // ---- Whom it talks to ------------------------------------------------------------------------------------------

    @Test
    void aClientSaysWhomItExpectsOrThatItDoesNotCare() throws Exception {
        // 1. Neither: refused at the call, so that nobody is connected to and the server is never asked.
        serving(with(Keys.server()), TlsUnixTest::neverServed, () -> {
            var options = ConnectOptions.DEFAULT.withTls(NAMELESS);
            refusedForItsName(() -> Streams.openUnixConnection(path, options));
            refusedForItsName(() -> EventLoop.current().createUnixConnection(Talker::new, path, options));
        });
        // 2. The name of the certificate; 3. no name at all, and no verification.
        serving(with(Keys.server()), TlsUnixTest::echo, () -> {
            await(open(NAMELESS.withServerHostname("localhost")).closeAsync());
            await(open(NAMELESS.withoutHostnameVerification()).closeAsync());
        });
    }

    @OnEachVersion
    void aCertificateOfAnotherHostIsRefusedUnlessNobodyCares(String version) throws Exception {
        var client = Keys.client().withParameters(Keys.protocols(version));
        serving(with(Keys.server("other")), TlsUnixTest::neverServed, () -> {
            var failure = assertThrows(SSLHandshakeException.class, () -> open(client));
            assertTrue(failure.getMessage().contains("localhost"), failure.getMessage());
        });
        serving(with(Keys.server("other")), TlsUnixTest::echo, () -> {
            await(open(client.withoutHostnameVerification()).closeAsync());
        });
    }

    // ---- A conversation --------------------------------------------------------------------------------------------

    @OnEachVersion
    void muchDataComesBackAndBothKnowWhereTheyAre(String version) throws Exception {
        var data = Conversation.bytes(3_000_000);
        var address = UnixDomainSocketAddress.of(path);
        serving(with(Keys.server()), TlsUnixTest::echo, () -> {
            var pair = open(Keys.client().withParameters(Keys.protocols(version)));
            var writer = pair.writer();
            assertEquals(version, writer.getExtraInfo(ExtraInfo.TLS_SESSION).getProtocol());
            assertEquals(address, writer.getExtraInfo(ExtraInfo.PEER_ADDRESS));
            var sending = Asyncio.createTask(() -> {
                writer.write(data);
                await(writer.drainAsync());
            });
            assertArrayEquals(data, await(pair.reader().readExactlyAsync(data.length)));
            await(sending);
            await(pair.closeAsync());
        });
    }

    @Test
    void aServerInStageStyle() throws Exception {
        Asyncio.run(() -> {
            var server = await(Streams.startStageUnixServer(
                    (reader, writer) -> reader.readLineAsync().thenCompose(line -> {
                        writer.write(line + "!\n");
                        return writer.closeAsync();
                    }),
                    path,
                    with(Keys.server())));
            var pair = open(Keys.client());
            pair.writer().write("hello\n");
            assertEquals("hello!", await(pair.reader().readLineAsync()));
            await(pair.closeAsync());
            server.close();
            await(server.waitClosedAsync());
        });
    }

    @Test
    void aPlainClientIsSentAway() throws Exception {
        serving(with(Keys.server()), TlsUnixTest::neverServed, () -> {
            var pair = await(Streams.openUnixConnection(path));
            pair.writer().write("GET / HTTP/1.1\r\n\r\n");
            assertFalse(new String(await(pair.reader().readAsync())).contains("HTTP"), "an alert at most");
            await(pair.closeAsync());
        });
    }

    /** Over TCP an abort breaks the connection; here the system makes it look like an ordinary end. */
    @Test
    void anAbortIsATruncation() throws Exception {
        StreamHandler half = (reader, writer) -> {
            writer.write("half a li");
            await(reader.readExactlyAsync(1));
            ((SocketChannel) writer.getExtraInfo(ExtraInfo.CHANNEL)).shutdownOutput();
            writer.transport().abort();
        };
        serving(with(Keys.server()), half, () -> {
            var pair = open(Keys.client());
            assertEquals("half a li", new String(await(pair.reader().readExactlyAsync(9))));
            pair.writer().write("!");
            assertThrows(
                    TruncatedStreamException.class, () -> await(pair.reader().readAsync(1)));
            assertThrows(TruncatedStreamException.class, () -> await(pair.closeAsync()));
        });
    }

    // ---- TLS that begins in the middle -----------------------------------------------------------------------------

    private static void upgradesAndEchoes(StreamReader reader, StreamWriter writer) throws Exception {
        assertEquals("STARTTLS", await(reader.readLineAsync()));
        writer.write("yes\n");
        await(writer.startTlsAsync(Keys.server()));
        echo(reader, writer);
    }

    @Test
    void aPlainConnectionBecomesPrivate() throws Exception {
        serving(ServerOptions.DEFAULT, TlsUnixTest::upgradesAndEchoes, () -> {
            var pair = await(Streams.openUnixConnection(path));
            var writer = pair.writer();
            writer.write("STARTTLS\n");
            assertEquals("yes", await(pair.reader().readLineAsync()));

            // Without a name it is refused before anything has happened to the connection.
            refusedForItsName(() -> writer.startTlsAsync(NAMELESS));
            await(writer.startTlsAsync(NAMELESS.withServerHostname("localhost")));
            writer.write("hello\n");
            assertEquals("hello", await(pair.reader().readLineAsync()));
            await(pair.closeAsync());
        });
    }

    @Test
    void aConnectionOfTheLoopBecomesPrivateToo() throws Exception {
        serving(ServerOptions.DEFAULT, TlsUnixTest::upgradesAndEchoes, () -> {
            var loop = EventLoop.current();
            var plain = await(loop.createUnixConnection(Talker::new, path, ConnectOptions.DEFAULT));
            plain.transport().write("STARTTLS\n".getBytes());
            await(plain.protocol().receivedAsync("yes\n".length()));
            var talker = new Talker();
            refusedForItsName(() -> loop.startTls(plain.transport(), talker, NAMELESS, false));
            var encrypted = await(loop.startTls(plain.transport(), talker, Keys.client(), false));
            assertInstanceOf(UnixDomainSocketAddress.class, encrypted.getExtraInfo(ExtraInfo.PEER_ADDRESS));
            encrypted.write("hello".getBytes());
            await(talker.receivedAsync(5));
            encrypted.close();
            assertEquals(null, await(talker.lost));
        });
    }
}
