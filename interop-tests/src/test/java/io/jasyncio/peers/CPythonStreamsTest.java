package io.jasyncio.peers;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams with CPython's asyncio at the other end of a TCP connection, in each of our styles. */
@ExtendWith(AsyncioExtension.class)
class CPythonStreamsTest {

    private static final String FACES = "io.jasyncio.peers.Face#all";

    /** Many sizes, single bytes, lines, a million bytes with a half-close behind them, a slow reader, a reset by us. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(FACES)
    void ourServerServesCPythonsClient(Face face) throws Exception {
        Asyncio.run(() -> {
            try (var server = await(face.serve());
                    var client = Peer.python(
                                    "client.py", server.port(), "echo", "bytes", "lines", "digest", "flood", "reset")
                            .start()) {
                var ending = await(client.success());
                assertEquals("ok echo\nok bytes\nok lines\nok digest\nok flood\nok reset\n", ending.text());
                assertEquals("", ending.errors());
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(FACES)
    void ourClientIsServedByCPythonsServer(Face face) throws Exception {
        Asyncio.run(() -> {
            try (var server = Peer.python("server.py").start()) {
                var port = port(server);
                for (var name : new String[] {"echo", "bytes", "lines", "digest", "flood", "reset"}) {
                    await(face.ask(port, name));
                }
            }
        });
    }

    /** The handler fails, which is reported; the server serves the next one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(FACES)
    void aClientThatResetsIsThatConnectionsProblemAlone(Face face, ErrorLog log) throws Exception {
        Asyncio.run(() -> {
            try (var server = await(face.serve());
                    var client = Peer.python("client.py", server.port(), "nothing", "bytes")
                            .start()) {
                assertEquals("ok nothing\nok bytes\n", await(client.success()).text());
            }
        });
        var report = log.take();
        assertTrue(report.getMessage().startsWith("Unhandled exception in client_connected_cb"), report::getMessage);
        assertInstanceOf(IOException.class, report.getThrown());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(FACES)
    void cpythonSeesOurResetAsOne(Face face) throws Exception {
        Asyncio.run(() -> {
            try (var server = Peer.python("server.py").start()) {
                var port = port(server);
                await(face.ask(port, "nothing"));
                await(server.errorLine("ConnectionResetError"));
                await(face.ask(port, "bytes"));
            }
        });
    }

    private static int port(Peer server) throws Exception {
        return Integer.parseInt(await(server.line("port ")).substring("port ".length()));
    }
}
