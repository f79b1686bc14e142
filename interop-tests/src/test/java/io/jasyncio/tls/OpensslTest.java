package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.peers.Peer;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.TruncatedStreamException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program openssl at the other end: it does by hand what libraries keep to themselves. */
@ExtendWith(AsyncioExtension.class)
class OpensslTest {

    @TempDir
    private Path folder;

    @FunctionalInterface
    interface Client {
        void run(Peer peer) throws Exception;
    }

    /** Runs {@code s_client} against a server of ours. */
    private void serve(String version, StreamHandler handler, Client client) throws Exception {
        Asyncio.run(() -> {
            var options = ServerOptions.DEFAULT.withTls(Keys.server());
            var server = await(Streams.startServer(handler, "127.0.0.1", 0, options));
            var command = Peer.of(
                            "openssl",
                            "s_client",
                            "-connect",
                            "127.0.0.1:" + server.port(),
                            "-CAfile",
                            Keys.trustFile(folder),
                            "-verify_hostname",
                            "localhost",
                            "-verify_return_error",
                            version)
                    .interactive();
            try (var peer = command.start()) {
                client.run(peer);
            }
            server.close();
            await(server.waitClosedAsync());
        });
    }

    /** Begins with a new line: the program is in the middle of one where it tells of tickets. */
    private static void answer(StreamWriter writer, String line) {
        writer.write("\nyou said " + line + "\n");
    }

    private static void echo(StreamReader reader, StreamWriter writer) throws Exception {
        for (var line = await(reader.readLineAsync()); line != null; line = await(reader.readLineAsync())) {
            answer(writer, line);
        }
        await(writer.closeAsync());
    }

    private static void say(Peer peer, String text) throws Exception {
        peer.type(text + "\n");
        await(peer.line("you said " + text));
    }

    @Test
    void aConversationWithTls12() throws Exception {
        serve("-tls1_2", OpensslTest::echo, peer -> {
            say(peer, "hello");
            peer.type("Q\n");
            await(peer.success());
        });
    }

    /** A command is a command only where nothing else is read with it, and its answer goes to standard error. */
    private static void updateKeys(Peer peer, String command, int times) throws Exception {
        peer.type(command + "\n");
        while (peer.soFar().split("KEYUPDATE", -1).length <= times) {
            await(sleep(Duration.ofMillis(1)));
        }
    }

    @Test
    void newKeysInTheMiddleOfTls13() throws Exception {
        serve("-tls1_3", OpensslTest::echo, peer -> {
            say(peer, "with the first keys");
            updateKeys(peer, "k", 1);
            say(peer, "with new keys of mine");
            updateKeys(peer, "K", 2);
            say(peer, "with new keys of both");
            peer.type("Q\n");
            await(peer.success());
        });
    }

    @Test
    void renegotiationIsRefused() throws Exception {
        StreamHandler refusing = (reader, writer) -> {
            assertEquals("hello", await(reader.readLineAsync()));
            answer(writer, "hello");
            var failure = assertThrows(SSLException.class, () -> await(reader.readLineAsync()));
            assertTrue(failure.getMessage().contains("renegotiate"), failure.getMessage());
        };
        serve("-tls1_2", refusing, peer -> {
            say(peer, "hello");
            peer.type("R\n");
            await(peer.ended());
        });
    }

    @Test
    void aPeerThatIsKilledLeavesATruncatedStream() throws Exception {
        StreamHandler handler = (reader, writer) -> {
            assertEquals("hello", await(reader.readLineAsync()));
            answer(writer, "hello");
            assertThrows(TruncatedStreamException.class, () -> await(reader.readLineAsync()));
        };
        serve("-tls1_3", handler, peer -> say(peer, "hello"));
    }

    @Test
    void anExpiredServerIsRefusedByThemToo() throws Exception {
        Asyncio.run(() -> {
            var options = ServerOptions.DEFAULT.withTls(Keys.server("expired"));
            StreamHandler handler = (reader, writer) -> {
                // With TLS 1.3 the server is done when the client refuses it; with 1.2 it is not.
                throw new AssertionError("nobody is to be served here");
            };
            var server = await(Streams.startServer(handler, "127.0.0.1", 0, options));
            try (var peer = Peer.of(
                            "openssl",
                            "s_client",
                            "-connect",
                            "127.0.0.1:" + server.port(),
                            "-CAfile",
                            Keys.trustFile(folder),
                            "-verify_return_error")
                    .start()) {
                var ending = await(peer.ended());
                assertTrue(ending.text().contains("certificate has expired"), peer::soFar);
            }
            server.close();
            await(server.waitClosedAsync());
        });
    }

    /** {@code s_server} gives each line back from its end to its beginning. */
    @OnEachVersion
    void ourClientAndTheirServer(String version) throws Exception {
        Asyncio.run(() -> {
            var key = Keys.keyFile(folder, "server");
            try (var peer = Peer.of(
                            "openssl",
                            "s_server",
                            "-accept",
                            "127.0.0.1:0",
                            "-cert",
                            key,
                            "-key",
                            key,
                            "-cert_chain",
                            key,
                            "-rev",
                            "-naccept",
                            1)
                    .start()) {
                var port = await(peer.line("ACCEPT ")).replaceAll(".*:", "");
                var tls = Keys.client().withParameters(Keys.protocols(version));
                var options = ConnectOptions.DEFAULT.withTls(tls);
                var pair = await(Streams.openConnection("127.0.0.1", Integer.parseInt(port), options));
                pair.writer().write("hello\n");
                assertEquals("olleh", await(pair.reader().readLineAsync()));
                await(pair.closeAsync());
                await(peer.success());
            }
        });
    }
}
