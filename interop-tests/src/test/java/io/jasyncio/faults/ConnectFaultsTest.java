package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.FullBacklog;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.LocalPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that never come to be, and some that come when nobody wants them any more. */
@ExtendWith(AsyncioExtension.class)
class ConnectFaultsTest {

    @Test
    void aRefusalSaysWhoRefused() throws Exception {
        try (var refusing = new LocalPort().refusing("127.0.0.1")) {
            var port = refusing.number();
            Asyncio.run(() -> {
                var refused =
                        assertThrows(ConnectException.class, () -> await(Streams.openConnection("127.0.0.1", port)));
                assertTrue(refused.getMessage().contains("127.0.0.1:" + port), refused::getMessage);
            });
        }
    }

    @Test
    void aRefusalLeavesTheLoopFreeForTheNext() throws Exception {
        try (var refusing = new LocalPort().refusing("127.0.0.1")) {
            var port = refusing.number();
            Asyncio.run(() -> {
                for (var round = 0; round < 50; round++) {
                    assertThrows(ConnectException.class, () -> await(Streams.openConnection("127.0.0.1", port)));
                }
            });
        }
    }

    @Test
    void aConnectThatNeverCompletesEndsWithItsTimeLimit() throws Exception {
        Asyncio.run(() -> {
            try (var full = FullBacklog.at(new InetSocketAddress("127.0.0.1", 0))) {
                var port = full.port();
                assertThrows(
                        TimeoutException.class,
                        () -> await(waitFor(Streams.openConnection("127.0.0.1", port), Duration.ofMillis(50))));
                var task = createTask(() -> await(Streams.openConnection("127.0.0.1", port)));
                await(sleep(Duration.ofMillis(5)));
                task.cancel();
                assertThrows(CancellationException.class, () -> await(task));
            }
        });
    }

    /**
     * Cancelled after each number of passes, before, in and after the one in which it connects: either there is a
     * connection, or there is none any more, and the server sees its end.
     */
    @Test
    void aConnectThatIsCancelledAtAnyTimeLeavesNothingBehind(ErrorLog log) throws Exception {
        Asyncio.run(() -> {
            try (var listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
                for (var passes = 0; passes < 12; passes++) {
                    var connecting =
                            createTask(() -> await(Streams.openConnection("127.0.0.1", listener.getLocalPort())));
                    for (var pass = 0; pass < passes; pass++) {
                        await(sleep(Duration.ZERO));
                    }
                    if (connecting.cancel()) {
                        assertThrows(CancellationException.class, () -> await(connecting));
                    } else {
                        await(connecting).close();
                    }
                }
                listener.setSoTimeout(200);
                assertEquals(0, await(toThread(() -> bytesOfAll(listener))));
            }
        });
        assertEquals(List.of(), log.warnings());
    }

    /** Accepts whatever has connected, and waits for each one's end. */
    private static int bytesOfAll(ServerSocket listener) throws IOException {
        var bytes = 0;
        for (var accepted = acceptOrNull(listener); accepted != null; accepted = acceptOrNull(listener)) {
            try (var connection = accepted) {
                connection.setSoTimeout(60_000);
                bytes += connection.getInputStream().readAllBytes().length;
            }
        }
        return bytes;
    }

    private static Socket acceptOrNull(ServerSocket listener) throws IOException {
        try {
            return listener.accept();
        } catch (SocketTimeoutException noMore) {
            return null;
        }
    }

    /** A time limit that ends in the pass in which the connection stands must not lose it (CPython's issue 86296). */
    @Test
    void aTimeLimitAtTheLastMomentLosesNoConnection(ErrorLog log) throws Exception {
        Asyncio.run(() -> {
            try (var server = await(Streams.startServer(
                    (reader, writer) -> {
                        try (writer) {
                            await(reader.readAsync());
                        }
                    },
                    "127.0.0.1",
                    0))) {
                for (var micros = 0; micros < 2_000; micros += 50) {
                    try {
                        await(waitFor(
                                        Streams.openConnection("127.0.0.1", server.port()),
                                        Duration.ofNanos(micros * 1_000L)))
                                .close();
                    } catch (TimeoutException early) {
                        // Then there is no connection, or it has ended: the server waits for that below.
                    }
                }
                server.close();
                await(server.waitClosedAsync());
            }
        });
        assertEquals(List.of(), log.warnings());
    }
}
