package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.stream.Server;
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
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams over TLS over TCP, in direct style. */
@ExtendWith(AsyncioExtension.class)
class TlsStreamsTest {

    @FunctionalInterface
    interface Client {
        void run(Server server) throws Exception;
    }

    /** Serves connections while a client runs, and then until all of them have ended. */
    private static void serving(TlsOptions tls, StreamHandler handler, Client client) throws Exception {
        Asyncio.run(() -> {
            var options = ServerOptions.DEFAULT.withTls(tls);
            var server = await(Streams.startServer(handler, "127.0.0.1", 0, options));
            client.run(server);
            server.close();
            await(server.waitClosedAsync());
        });
    }

    private static StreamPair open(Server server, TlsOptions tls) throws Exception {
        return await(Streams.openConnection("127.0.0.1", server.port(), ConnectOptions.DEFAULT.withTls(tls)));
    }

    private static SSLException refused(Server server, TlsOptions tls) {
        return assertThrows(SSLException.class, () -> open(server, tls));
    }

    private static void echo(StreamReader reader, StreamWriter writer) throws Exception {
        for (var piece = await(reader.readAsync(65_536)); piece.length > 0; piece = await(reader.readAsync(65_536))) {
            writer.write(piece);
            await(writer.drainAsync());
        }
        await(writer.closeAsync());
    }

    private static void neverServed(StreamReader reader, StreamWriter writer) {
        throw new AssertionError("nobody is to be served here");
    }

    @OnEachVersion
    void aConversation(String version) throws Exception {
        var client = Keys.client().withParameters(Keys.protocols(version));
        serving(Keys.server("rsa"), TlsStreamsTest::echo, server -> {
            var pair = open(server, client);
            assertEquals(
                    version, pair.writer().getExtraInfo(ExtraInfo.TLS_SESSION).getProtocol());
            pair.writer().write("hello\nworld\n");
            assertEquals("hello", await(pair.reader().readLineAsync()));
            assertEquals("world", await(pair.reader().readLineAsync()));
            await(pair.closeAsync());
        });
    }

    /** The host that is connected to is the host that has to answer. */
    @Test
    void aClientSaysNothingOfTheHostAndItIsChecked() throws Exception {
        var client = TlsOptions.of(Keys.context(null));
        serving(Keys.server(), TlsStreamsTest::echo, server -> {
            await(open(server, client).closeAsync());
        });
        serving(Keys.server("other"), TlsStreamsTest::neverServed, server -> {
            var failure = refused(server, client);
            assertTrue(failure.getMessage().contains("127.0.0.1"), failure.getMessage());
        });
    }

    /** A name as well; what the system knows of names is another matter. */
    @Test
    void theNameThatIsConnectedToIsChecked() throws Exception {
        var everythingIsHere = List.of(InetAddress.getByName("127.0.0.1"));
        var client = ConnectOptions.DEFAULT.withTls(TlsOptions.of(Keys.context(null)));
        try (var runner = new Runner(LoopOptions.defaults().withResolver(name -> everythingIsHere))) {
            runner.run(() -> {
                var options = ServerOptions.DEFAULT.withTls(Keys.server());
                var server = await(Streams.startServer(TlsStreamsTest::echo, "127.0.0.1", 0, options));
                await(await(Streams.openConnection("localhost", server.port(), client))
                        .closeAsync());
                var failure = assertThrows(
                        SSLHandshakeException.class,
                        () -> await(Streams.openConnection("other.example.test", server.port(), client)));
                assertTrue(failure.getMessage().contains("other.example.test"), failure.getMessage());
                server.close();
                await(server.waitClosedAsync());
            });
        }
    }

    @Test
    void certificatesThatAreNotInOrderAreRefused() throws Exception {
        for (var key : List.of("other", "expired", "stranger")) {
            serving(Keys.server(key), TlsStreamsTest::neverServed, server -> {
                assertInstanceOf(SSLHandshakeException.class, refused(server, Keys.client()));
            });
        }
    }

    @Test
    void withoutACheckOfTheNameAnotherHostIsTaken() throws Exception {
        serving(Keys.server("other"), TlsStreamsTest::echo, server -> {
            await(open(server, Keys.client().withoutHostnameVerification()).closeAsync());
        });
    }

    @Test
    void aServerMayAskWhoTheClientIs() throws Exception {
        var parameters = new SSLParameters();
        parameters.setNeedClientAuth(true);
        var seen = new ArrayList<String>();
        StreamHandler handler = (reader, writer) -> {
            seen.add(writer.getExtraInfo(ExtraInfo.TLS_SESSION)
                    .getPeerPrincipal()
                    .getName());
            await(writer.closeAsync());
        };
        serving(Keys.server().withParameters(parameters), handler, server -> {
            var known = TlsOptions.of(Keys.context("client")).withServerHostname("localhost");
            var pair = open(server, known);
            assertEquals(0, await(pair.reader().readAsync()).length);
            assertEquals(List.of("CN=client"), seen);
            await(pair.closeAsync());
        });
    }

    /** With TLS 1.3 the client hears of it by its first read, for its own handshake was in order. */
    @OnEachVersion
    void whoeverDoesNotSayWhoHeIsIsNotServed(String version) throws Exception {
        var parameters = new SSLParameters();
        parameters.setNeedClientAuth(true);
        var client = Keys.client().withParameters(Keys.protocols(version));
        serving(Keys.server().withParameters(parameters), TlsStreamsTest::neverServed, server -> {
            if (version.equals("TLSv1.3")) {
                var pair = open(server, client);
                assertThrows(SSLException.class, () -> await(pair.reader().readAsync()));
                assertThrows(SSLException.class, () -> await(pair.closeAsync()));
            } else {
                refused(server, client);
            }
        });
    }

    @Test
    void bothSidesChooseAProtocolOrFail() throws Exception {
        serving(Keys.server().withParameters(speaking("echo")), TlsStreamsTest::echo, server -> {
            var pair = open(server, Keys.client().withParameters(speaking("h2", "echo")));
            assertEquals("echo", pair.writer().getExtraInfo(ExtraInfo.APPLICATION_PROTOCOL));
            await(pair.closeAsync());
            var failure = refused(server, Keys.client().withParameters(speaking("h2")));
            assertTrue(failure.getMessage().contains("no_application_protocol"), failure.getMessage());
        });
    }

    private static SSLParameters speaking(String... protocols) {
        var parameters = new SSLParameters();
        parameters.setApplicationProtocols(protocols);
        return parameters;
    }

    @Test
    void aPlainClientAtATlsServerIsSentAway() throws Exception {
        serving(Keys.server(), TlsStreamsTest::neverServed, server -> {
            var pair = await(Streams.openConnection("127.0.0.1", server.port()));
            pair.writer().write("GET / HTTP/1.1\r\n\r\n");
            var answer = await(pair.reader().readAsync());
            assertFalse(new String(answer).contains("HTTP"), "an alert at most");
            await(pair.closeAsync());
        });
    }

    @Test
    void aTlsClientAtAPlainServerIsTold() throws Exception {
        Asyncio.run(() -> {
            StreamHandler greeting = (reader, writer) -> {
                writer.write("220 mail.example.test ESMTP\r\n");
                await(reader.readAsync());
                await(writer.closeAsync());
            };
            var server = await(Streams.startServer(greeting, "127.0.0.1", 0));
            var failure = refused(server, Keys.client());
            assertTrue(failure.getMessage().contains("does the other side speak TLS?"), failure.getMessage());
            server.close();
            await(server.waitClosedAsync());
        });
    }

    // ---- Much data -------------------------------------------------------------------------------------------------

    @OnEachVersion
    void muchDataBothWaysAtOnce(String version) throws Exception {
        var data = Conversation.bytes(20_000_000);
        var client = Keys.client().withParameters(Keys.protocols(version));
        serving(Keys.server(), TlsStreamsTest::echo, server -> {
            var pair = open(server, client);
            var sending = Asyncio.createTask(() -> {
                for (var from = 0; from < data.length; from += 100_000) {
                    pair.writer().write(ByteBuffer.wrap(data, from, 100_000));
                    await(pair.writer().drainAsync());
                }
            });
            assertArrayEquals(data, await(pair.reader().readExactlyAsync(data.length)));
            await(sending);
            await(pair.closeAsync());
        });
    }

    /** What the reader leaves alone stays with the writer: nothing grows on the way. */
    @Test
    void aSlowReaderStopsAFastWriterWithBoundedMemory() throws Exception {
        var most = new int[1];
        StreamHandler source = (reader, writer) -> {
            var piece = new byte[100_000];
            for (var i = 0; i < 300; i++) {
                writer.write(piece);
                most[0] = Math.max(most[0], writer.transport().getWriteBufferSize());
                await(writer.drainAsync());
            }
            await(writer.closeAsync());
        };
        serving(Keys.server(), source, server -> {
            var pair = open(server, Keys.client());
            var count = 0;
            for (var piece = await(pair.reader().readAsync(10_000)); piece.length > 0; ) {
                count += piece.length;
                await(sleep(Duration.ZERO));
                piece = await(pair.reader().readAsync(10_000));
            }
            assertEquals(30_000_000, count);
            assertTrue(most[0] < 300_000, most[0] + " bytes waited to be sent");
            await(pair.closeAsync());
        });
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    @Test
    void aTruncatedStreamGivesWhatThereIsAndThenFails() throws Exception {
        StreamHandler half = (reader, writer) -> {
            writer.write("a line\nhalf a li");
            await(reader.readExactlyAsync(1));
            cutOff(writer);
        };
        serving(Keys.server(), half, server -> {
            var pair = open(server, Keys.client());
            assertEquals("a line", await(pair.reader().readLineAsync()));
            pair.writer().write("!");
            assertEquals("half a li", new String(await(pair.reader().readExactlyAsync(9))));
            assertThrows(
                    TruncatedStreamException.class, () -> await(pair.reader().readAsync(1)));
            assertThrows(TruncatedStreamException.class, () -> await(pair.closeAsync()));

            var lenient = open(server, Keys.client().withTruncationAsEof());
            lenient.writer().write("!");
            assertEquals("a line\nhalf a li", new String(await(lenient.reader().readAsync())));
            await(lenient.closeAsync());
        });
    }

    /** The channel ends, and TLS knows nothing of it. */
    private static void cutOff(StreamWriter writer) throws IOException {
        ((SocketChannel) writer.getExtraInfo(ExtraInfo.CHANNEL)).shutdownOutput();
        writer.transport().abort();
    }

    private static final StreamHandler GREETER = (reader, writer) -> {
        writer.write("hello\n");
        assertEquals(0, await(reader.readAsync()).length);
    };

    @Test
    void aServerThatClosesItsClientsSaysGoodbye() throws Exception {
        serving(Keys.server(), GREETER, server -> {
            var pair = open(server, Keys.client());
            assertEquals("hello", await(pair.reader().readLineAsync()));
            server.closeClients();
            assertEquals(0, await(pair.reader().readAsync()).length);
            await(pair.closeAsync());
        });
    }

    @Test
    void aServerThatAbortsItsClientsDoesNot() throws Exception {
        serving(Keys.server(), GREETER, server -> {
            var pair = open(server, Keys.client());
            assertEquals("hello", await(pair.reader().readLineAsync()));
            server.abortClients();
            assertThrows(IOException.class, () -> await(pair.reader().readAsync()));
            assertThrows(IOException.class, () -> await(pair.closeAsync()));
        });
    }

    /** A connection in its handshake counts too: whoever waits for the end of the server waits for it. */
    @Test
    void aServerEndsConnectionsInTheirHandshake() throws Exception {
        serving(Keys.server(), TlsStreamsTest::neverServed, server -> {
            var mute = await(Streams.openConnection("127.0.0.1", server.port()));
            while (!server.toString().contains("1 connections")) {
                await(sleep(Duration.ZERO));
            }
            server.closeClients();
            assertEquals(0, await(mute.reader().readAsync()).length);
            await(mute.closeAsync());
        });
    }

    @Test
    void aForgottenConnectionIsReportedWhenTheLoopCloses(ErrorLog log) throws Exception {
        Asyncio.run(() -> {
            var options = ServerOptions.DEFAULT.withTls(Keys.server());
            var server = await(EventLoop.current().createServer(Talker::new, "127.0.0.1", 0, options));
            open(server, Keys.client());
            server.close();
        });
        assertTrue(log.warnings().stream().anyMatch(line -> line.startsWith("unclosed ")), log.warnings()::toString);
        log.takeMessages();
    }

    @Test
    void aCancelledConnectLeavesNothing() throws Exception {
        Asyncio.run(() -> {
            var silent = await(Streams.startServer(
                    (reader, writer) -> {
                        await(reader.readAsync());
                        await(writer.closeAsync());
                    },
                    "127.0.0.1",
                    0));
            var connecting = Asyncio.createTask(() -> open(silent, Keys.client()));
            while (!silent.toString().contains("1 connections")) {
                await(sleep(Duration.ZERO));
            }
            connecting.cancel();
            assertThrows(CancellationException.class, () -> await(connecting));
            silent.close();
            await(silent.waitClosedAsync());
        });
    }
}
