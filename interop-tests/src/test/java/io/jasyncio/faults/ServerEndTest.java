package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that ends while something is going on (S112, S113). Its connections are nobody's victims and nobody's leak. */
@ExtendWith(AsyncioExtension.class)
class ServerEndTest {

    private static final StreamHandler ECHO = (reader, writer) -> {
        try (writer) {
            for (var data = await(reader.readAsync(1000)); data.length > 0; data = await(reader.readAsync(1000))) {
                writer.write(data);
            }
        }
    };

    @FunctionalInterface
    private interface Body {
        void run(Server server) throws Exception;
    }

    private static void run(Body body) throws Exception {
        Asyncio.run(() -> {
            try (var server = await(Streams.startServer(ECHO, "127.0.0.1", 0))) {
                body.run(server);
                server.close();
                await(server.waitClosedAsync());
            }
        });
    }

    private static void letRun() throws Exception {
        for (var pass = 0; pass < 10; pass++) {
            await(sleep(Duration.ZERO));
        }
    }

    @Test
    void whoWaitsForTheEndWaitsForCloseAndForTheConnectionsInEitherOrder() throws Exception {
        for (var closesFirst : List.of(true, false)) {
            run(server -> {
                try (var client = new RawClient(server.port())) {
                    client.send("a");
                    assertEquals("a", client.read(1));
                    var end = server.waitClosedAsync();
                    if (closesFirst) {
                        server.close();
                    } else {
                        client.close();
                    }
                    letRun();
                    assertFalse(end.isDone());
                    if (closesFirst) {
                        client.close();
                    } else {
                        server.close();
                    }
                    await(end);
                    await(server.waitClosedAsync());
                }
            });
        }
    }

    @Test
    void aConnectionOutlivesItsServer() throws Exception {
        run(server -> {
            try (var client = new RawClient(server.port())) {
                client.send("a");
                assertEquals("a", client.read(1));
                server.close();
                server.close();
                client.send("b");
                assertEquals("b", client.read(1));
            }
        });
    }

    @Test
    void theServersPortIsFreeAsSoonAsItIsClosed() throws Exception {
        run(server -> {
            var port = server.port();
            server.close();
            assertThrows(ConnectException.class, () -> await(Streams.openConnection("127.0.0.1", port)));
            try (var again = await(Streams.startServer(ECHO, "127.0.0.1", port))) {
                assertEquals(port, again.port());
            }
        });
    }

    /** Between the accept and the protocol: the connection is the server's all the same (CPython's issue 109564). */
    @Test
    void aServerThatIsClosedInTheMiddleOfAnAcceptKeepsTheConnection() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var served = loop.<Transport>createFuture();
            var ended = loop.<Exception>createFuture();
            var servers = new ArrayList<Server>();
            var server = await(loop.createServer(
                    () -> {
                        servers.get(0).close();
                        return new Protocol() {
                            @Override
                            public void connectionMade(Transport transport) {
                                served.complete(transport);
                            }

                            @Override
                            public void connectionLost(Exception exception) {
                                ended.complete(exception);
                            }
                        };
                    },
                    "127.0.0.1",
                    0));
            servers.add(server);
            try (var client = new RawClient(server.port())) {
                var transport = await(served);
                transport.write("served".getBytes());
                assertEquals("served", client.read(6));
                var end = server.waitClosedAsync();
                letRun();
                assertFalse(end.isDone());
                client.close();
                assertNull(await(ended));
                await(end);
            }
        });
    }

    /** Whom the system has connected and nobody accepted is told, instead of waiting for ever. */
    @Test
    void aServerThatIsClosedBeforeItAcceptsLeavesNobodyHanging() throws Exception {
        run(server -> {
            try (var client = new RawClient(server.port())) {
                server.close();
                assertEquals(0, client.countUntilBroken());
            }
        });
    }

    @Test
    void itsClientsCanBeSentAwayAfterWhatWaitsForThem() throws Exception {
        run(server -> {
            try (var one = new RawClient(server.port());
                    var other = new RawClient(server.port())) {
                one.send("a");
                other.send("b");
                assertEquals("a", one.read(1));
                assertEquals("b", other.read(1));
                server.close();
                server.closeClients();
                assertEquals("", one.readAll());
                assertEquals("", other.readAll());
            }
        });
    }

    @Test
    void itsClientsCanBeCutOff() throws Exception {
        run(server -> {
            try (var client = new RawClient(server.port())) {
                client.send("a");
                assertEquals("a", client.read(1));
                server.abortClients();
                client.countUntilBroken();
                // The server goes on.
                assertTrue(server.isServing());
                try (var next = new RawClient(server.port())) {
                    next.send("b");
                    assertEquals("b", next.read(1));
                }
            }
        });
    }

    /** Clients come and go while the server ends: each is served or refused, and nobody hangs. */
    @Test
    void clientsThatComeDuringTheEndAreServedOrRefused() throws Exception {
        run(server -> {
            var port = server.port();
            var tasks = new ArrayList<Task<String>>();
            for (var i = 0; i < 50; i++) {
                tasks.add(createTask(() -> {
                    try (var connection = await(Streams.openConnection("127.0.0.1", port))) {
                        connection.writer().write("x");
                        connection.writer().writeEof();
                        return new String(await(connection.reader().readAsync()));
                    } catch (IOException refused) {
                        return "refused";
                    }
                }));
            }
            await(sleep(Duration.ZERO));
            await(sleep(Duration.ZERO));
            server.close();
            for (var answer : await(gather(tasks))) {
                assertTrue(List.of("x", "refused", "").contains(answer), answer);
            }
        });
    }
}
