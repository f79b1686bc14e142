package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.internal.net.tls.TlsTransport;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.Transport;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** TLS that begins in the middle of a connection, as mail and databases do it. */
@ExtendWith(AsyncioExtension.class)
class StartTlsTest {

    @FunctionalInterface
    interface Client {
        void run(StreamReader reader, StreamWriter writer) throws Exception;
    }

    /** A plain server, and one client of it, whose connection both must end. */
    private static void between(StreamHandler handler, Client client) throws Exception {
        Asyncio.run(() -> {
            var server = await(Streams.startServer(handler, "127.0.0.1", 0));
            var pair = await(Streams.openConnection("127.0.0.1", server.port()));
            client.run(pair.reader(), pair.writer());
            server.close();
            await(server.waitClosedAsync());
        });
    }

    /** Says yes to "STARTTLS", and after it gives every line back. */
    private static void upgradesAndEchoes(StreamReader reader, StreamWriter writer) throws Exception {
        assertEquals("STARTTLS", await(reader.readLineAsync()));
        writer.write("yes\n");
        await(writer.startTlsAsync(Keys.server()));
        for (var line = await(reader.readLineAsync()); line != null; line = await(reader.readLineAsync())) {
            writer.write(line + "\n");
            await(writer.drainAsync());
        }
        await(writer.closeAsync());
    }

    private static void untilTheEnd(StreamReader reader, StreamWriter writer) throws Exception {
        await(reader.readAsync());
        await(writer.closeAsync());
    }

    @OnEachVersion
    void bothSidesGoOnInPrivate(String version) throws Exception {
        between(StartTlsTest::upgradesAndEchoes, (reader, writer) -> {
            var plain = writer.transport();
            writer.write("STARTTLS\n");
            assertEquals("yes", await(reader.readLineAsync()));
            await(writer.startTlsAsync(Keys.client().withParameters(Keys.protocols(version))));
            assertEquals(version, writer.getExtraInfo(ExtraInfo.TLS_SESSION).getProtocol());
            assertInstanceOf(TlsTransport.class, writer.transport());
            assertSame(plain.getExtraInfo(ExtraInfo.CHANNEL), writer.getExtraInfo(ExtraInfo.CHANNEL));
            writer.write("hello\n");
            assertEquals("hello", await(reader.readLineAsync()));
            await(writer.closeAsync());
            assertTrue(plain.isClosing());
        });
    }

    /** The reader must pause the transport that it reads from, and not the one that it used to. */
    @Test
    void muchDataFlowsAfterwards() throws Exception {
        var data = Conversation.bytes(3_000_000);
        StreamHandler source = (reader, writer) -> {
            await(writer.startTlsAsync(Keys.server()));
            writer.write(data);
            await(writer.drainAsync());
            await(writer.closeAsync());
        };
        between(source, (reader, writer) -> {
            await(writer.startTlsAsync(Keys.client()));
            assertEquals(1, await(reader.readExactlyAsync(1)).length);
            while (((Transport) writer.transport()).isReading()) {
                await(sleep(Duration.ZERO));
            }
            var rest = await(reader.readAsync());
            assertArrayEquals(data, concat(new byte[] {data[0]}, rest));
            await(writer.closeAsync());
        });
    }

    private static byte[] concat(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** The client may be faster than the server: then its first record lies in the server's reader already. */
    @Test
    void theBeginningOfTheHandshakeMayHaveComeBefore() throws Exception {
        StreamHandler slow = (reader, writer) -> {
            assertEquals("GO", await(reader.readLineAsync()));
            await(reader.moreAsync());
            await(writer.startTlsAsync(Keys.server()));
            writer.write("private\n");
            await(writer.closeAsync());
        };
        between(slow, (reader, writer) -> {
            writer.write("GO\n");
            await(writer.startTlsAsync(Keys.client()));
            assertEquals("private", await(reader.readLineAsync()));
            await(writer.closeAsync());
        });
    }

    /** Somebody in the middle sends a command in the clear, in the hope that it is taken for one of the client's. */
    @Test
    void whatWasSlippedInBeforeIsNoData() throws Exception {
        StreamHandler server = (reader, writer) -> {
            assertEquals("STARTTLS", await(reader.readLineAsync()));
            await(reader.moreAsync());
            assertThrows(SSLException.class, () -> await(writer.startTlsAsync(Keys.server())));
            assertThrows(SSLException.class, () -> await(reader.readLineAsync()));
        };
        between(server, (reader, writer) -> {
            writer.write("STARTTLS\nDELETE EVERYTHING\n");
            await(reader.readAsync());
            await(writer.closeAsync());
        });
    }

    @Test
    void whatIsWrittenMeanwhileIsPrivate() throws Exception {
        between(StartTlsTest::upgradesAndEchoes, (reader, writer) -> {
            writer.write("STARTTLS\n");
            assertEquals("yes", await(reader.readLineAsync()));
            var started = writer.startTlsAsync(Keys.client());
            writer.write("secret\n");
            await(started);
            assertEquals("secret", await(reader.readLineAsync()));
            await(writer.closeAsync());
        });
    }

    @Test
    void notWhileAReadWaits() throws Exception {
        between(StartTlsTest::untilTheEnd, (reader, writer) -> {
            var read = reader.readLineAsync();
            var refused = assertThrows(IllegalStateException.class, () -> writer.startTlsAsync(Keys.client()));
            assertTrue(refused.getMessage().contains("read"), refused.getMessage());
            writer.close();
            assertNull(await(read));
        });
    }

    @Test
    void notOnAConnectionThatIsClosing() throws Exception {
        between((reader, writer) -> await(writer.closeAsync()), (reader, writer) -> {
            writer.close();
            assertThrows(SocketException.class, () -> await(writer.startTlsAsync(Keys.client())));
            await(writer.waitClosedAsync());
        });
    }

    @Test
    void notWithoutTheNameOfTheServer() throws Exception {
        between(StartTlsTest::untilTheEnd, (reader, writer) -> {
            var nameless = TlsOptions.of(Keys.context(null));
            assertThrows(IllegalArgumentException.class, () -> writer.startTlsAsync(nameless));
            writer.write("still in the clear");
            await(writer.closeAsync());
        });
    }

    @Test
    void anEndThatWasSeenBeforeEndsTheHandshake() throws Exception {
        between((reader, writer) -> await(writer.closeAsync()), (reader, writer) -> {
            assertEquals(0, await(reader.readAsync()).length);
            assertThrows(SSLHandshakeException.class, () -> await(writer.startTlsAsync(Keys.client())));
            assertThrows(SSLHandshakeException.class, () -> await(writer.waitClosedAsync()));
        });
    }

    @Test
    void aRefusedPeerEndsTheConnectionOnBothSides() throws Exception {
        StreamHandler server = (reader, writer) -> {
            assertThrows(SSLException.class, () -> await(writer.startTlsAsync(Keys.server("other"))));
            assertThrows(SSLException.class, () -> await(writer.closeAsync()));
        };
        between(server, (reader, writer) -> {
            assertThrows(SSLHandshakeException.class, () -> await(writer.startTlsAsync(Keys.client())));
            assertThrows(SSLHandshakeException.class, () -> await(reader.readAsync()));
            assertThrows(SSLHandshakeException.class, () -> await(writer.closeAsync()));
        });
    }

    @Test
    void aCancelledUpgradeEndsTheConnection() throws Exception {
        between(StartTlsTest::untilTheEnd, (reader, writer) -> {
            var upgrading = Asyncio.createTask(() -> await(writer.startTlsAsync(Keys.client())));
            await(sleep(Duration.ZERO));
            upgrading.cancel();
            assertThrows(CancellationException.class, () -> await(upgrading));
            assertTrue(writer.isClosing());
            await(writer.waitClosedAsync());
        });
    }

    /** Without a goodbye the client would have to take it for an attack. */
    @Test
    void aServerThatClosesItsClientsSaysGoodbyeToThese() throws Exception {
        Asyncio.run(() -> {
            var server = await(Streams.startServer(
                    (reader, writer) -> {
                        await(writer.startTlsAsync(Keys.server()));
                        writer.write("private\n");
                        await(reader.readAsync());
                    },
                    "127.0.0.1",
                    0));
            var pair = await(Streams.openConnection("127.0.0.1", server.port()));
            await(pair.writer().startTlsAsync(Keys.client()));
            assertEquals("private", await(pair.reader().readLineAsync()));
            server.closeClients();
            assertEquals(0, await(pair.reader().readAsync()).length);
            await(pair.closeAsync());
            server.close();
            await(server.waitClosedAsync());
        });
    }

    @Test
    void inStageStyle() throws Exception {
        Asyncio.runStage(() -> Streams.startStageServer(StartTlsTest::upgradeAndAnswer, "127.0.0.1", 0)
                .thenCompose(server -> Streams.openConnection("127.0.0.1", server.port())
                        .thenCompose(pair -> {
                            pair.writer().write("STARTTLS\n");
                            return pair.reader()
                                    .readLineAsync()
                                    .thenCompose(yes -> pair.writer().startTlsAsync(Keys.client()))
                                    .thenCompose(unused -> pair.reader().readLineAsync())
                                    .thenAccept(line -> assertEquals("private", line))
                                    .thenCompose(unused -> pair.closeAsync());
                        })
                        .thenCompose(unused -> server.closeAsync())));
    }

    private static CompletionStage<Void> upgradeAndAnswer(StreamReader reader, StreamWriter writer) {
        return reader.readLineAsync()
                .thenCompose(line -> {
                    writer.write("yes\n");
                    return writer.startTlsAsync(Keys.server());
                })
                .thenCompose(unused -> {
                    writer.write("private\n");
                    return writer.closeAsync();
                });
    }

    // ---- Without streams -------------------------------------------------------------------------------------------

    @Test
    void aProtocolGoesOnWithAnotherTransport() throws Exception {
        MemoryLink.run(link -> {
            link.connect(link.client, link.server);
            await(link.client.made);
            await(link.server.made);
            var server = TlsTransport.startTls(link.host, link.lowerServer, link.server, Keys.server(), true);
            var client = TlsTransport.startTls(link.host, link.lowerClient, link.client, Keys.client(), false);
            link.server.transport = await(server);
            link.client.transport = await(client);
            assertEquals(List.of("made"), link.client.events);
            link.client.transport.write("hello".getBytes());
            await(link.server.receivedAsync(5));
            link.client.transport.close();
            assertNull(await(link.server.lost));
            assertEquals(List.of("made", "data", "eof", "lost"), link.server.events);
            assertNull(await(link.client.lost));
        });
    }

    @Test
    void aProtocolHearsOfAnUpgradeThatFails() throws Exception {
        MemoryLink.run(link -> {
            link.connect(link.client, link.server);
            await(link.client.made);
            var upgrade = TlsTransport.startTls(link.host, link.lowerClient, link.client, Keys.client(), false);
            assertInstanceOf(SSLHandshakeException.class, await(link.client.lost));
            assertEquals(Duration.ofSeconds(60), VirtualTime.elapsed());
            assertThrows(SSLHandshakeException.class, () -> await(upgrade));
            assertEquals(List.of("made", "lost: SSLHandshakeException"), link.client.events);
            assertNull(await(link.server.lost));
        });
    }

    /** The protocol was asked to pause by the transport beneath, and is asked to go on by it. */
    @Test
    void anUpgradeOfATransportThatIsFull() throws Exception {
        MemoryLink.run(link -> {
            link.connect(link.client, link.server);
            await(link.server.made);
            await(link.client.made);
            link.lowerServer.pauseReading();
            link.client.transport.write(new byte[200_000]);
            assertEquals(List.of("made", "pause"), link.client.events);
            var client = TlsTransport.startTls(link.host, link.lowerClient, link.client, Keys.client(), false);
            link.lowerServer.resumeReading();
            await(link.server.receivedAsync(200_000));
            MemoryLink.settle();
            assertEquals(List.of("made", "pause", "resume"), link.client.events);
            client.cancel();
            assertNull(await(link.client.lost));
            assertNull(await(link.server.lost));
        });
    }
}
