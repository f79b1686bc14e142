package io.jasyncio.tls;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.peers.Peer;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.TlsOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** asyncio of CPython at the other end of a TLS connection: a megabyte there and back, and a good end on both sides. */
@ExtendWith(AsyncioExtension.class)
class CPythonTlsTest {

    @TempDir
    private Path folder;

    /** As OpenSSL names it. */
    private static String named(String version) {
        return version.replace('.', '_');
    }

    private static TlsOptions client(String version) {
        return Keys.client().withParameters(Keys.protocols(version));
    }

    private static TlsOptions server(String version) {
        return Keys.server().withParameters(Keys.protocols(version));
    }

    private static void echo(StreamReader reader, StreamWriter writer) throws Exception {
        for (var piece = await(reader.readAsync(65_536)); piece.length > 0; piece = await(reader.readAsync(65_536))) {
            writer.write(piece);
            await(writer.drainAsync());
        }
        await(writer.closeAsync());
    }

    private void serve(StreamHandler handler, ServerOptions options, Object... arguments) throws Exception {
        Asyncio.run(() -> {
            var server = await(Streams.startServer(handler, "127.0.0.1", 0, options));
            var all = new Object[arguments.length + 2];
            all[0] = server.port();
            all[1] = Keys.trustFile(folder);
            System.arraycopy(arguments, 0, all, 2, arguments.length);
            try (var peer = Peer.python("tls_client.py", all).start()) {
                var version = arguments[0].toString().replace('_', '.');
                assertEquals(
                        "a good end with " + version + "\n",
                        await(peer.success()).text());
            }
            server.close();
            await(server.waitClosedAsync());
        });
    }

    @OnEachVersion
    void theirClientAndOurServer(String version) throws Exception {
        serve(CPythonTlsTest::echo, ServerOptions.DEFAULT.withTls(server(version)), named(version));
    }

    @OnEachVersion
    void theirClientGoesOverToTls(String version) throws Exception {
        StreamHandler upgrading = (reader, writer) -> {
            assertEquals("STARTTLS", await(reader.readLineAsync()));
            writer.write("go on\n");
            await(writer.startTlsAsync(server(version)));
            echo(reader, writer);
        };
        serve(upgrading, ServerOptions.DEFAULT, named(version), "starttls");
    }

    private static void megabyte(StreamPair pair) throws Exception {
        var data = Conversation.bytes(1_000_000);
        var sending = Asyncio.createTask(() -> {
            for (var from = 0; from < data.length; from += 10_000) {
                pair.writer().write(ByteBuffer.wrap(data, from, 10_000));
                await(pair.writer().drainAsync());
            }
        });
        assertArrayEquals(data, await(pair.reader().readExactlyAsync(data.length)));
        await(sending);
        await(pair.closeAsync());
    }

    @OnEachVersion
    void ourClientAndTheirServer(String version) throws Exception {
        Asyncio.run(() -> {
            try (var peer = Peer.python("tls_server.py", Keys.keyFile(folder, "server"), named(version))
                    .start()) {
                var options = ConnectOptions.DEFAULT.withTls(client(version));
                megabyte(await(Streams.openConnection("127.0.0.1", portOf(peer), options)));
                await(peer.line("a good end"));
            }
        });
    }

    @OnEachVersion
    void ourClientGoesOverToTls(String version) throws Exception {
        Asyncio.run(() -> {
            var key = Keys.keyFile(folder, "rsa");
            try (var peer = Peer.python("tls_server.py", key, named(version), "starttls")
                    .start()) {
                var pair = await(Streams.openConnection("127.0.0.1", portOf(peer)));
                pair.writer().write("STARTTLS\n");
                assertEquals("go on", await(pair.reader().readLineAsync()));
                await(pair.writer().startTlsAsync(client(version)));
                megabyte(pair);
                await(peer.line("a good end"));
            }
        });
    }

    private static int portOf(Peer peer) throws Exception {
        return Integer.parseInt(await(peer.line("port ")).substring(5));
    }
}
