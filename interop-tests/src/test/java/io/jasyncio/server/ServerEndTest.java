package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Resources;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a server ends, and what becomes of its connections (S112-S114). */
@ExtendWith(AsyncioExtension.class)
class ServerEndTest {

    private final Clients.Echo echo = new Clients.Echo();

    @FunctionalInterface
    private interface Body {
        void run(Server server) throws Exception;
    }

    /** Runs a body with a server that sends back what it gets. */
    private void with(Body body) throws Exception {
        Asyncio.run((CoroutineAction) () -> body.run(start(ServerOptions.DEFAULT)));
    }

    private Server start(ServerOptions options) throws Exception {
        return await(EventLoop.current().createServer(echo::protocol, "127.0.0.1", 0, options));
    }

    /** Lets everything happen that is under way: some passes, each with a poll. */
    private static void settle() throws Exception {
        for (var pass = 1; pass <= 10; pass++) {
            await(Asyncio.sleep(Duration.ZERO));
        }
    }

    // ---- Serving ---------------------------------------------------------------------------------------------------

    @Test
    void aServerServesWhenItIsToldTo() throws Exception {
        Asyncio.run(() -> {
            var server = start(ServerOptions.DEFAULT.withStartServing(false));
            assertFalse(server.isServing());
            var streams = Clients.connect(server);
            streams.writer().write("?");
            settle();
            assertEquals(0, echo.transports.size());
            server.startServing();
            server.startServing();
            assertTrue(server.isServing());
            await(streams.reader().readExactlyAsync(1));
            server.close();
            Clients.endOwn(streams);
            await(server.waitClosedAsync());
        });
    }

    @Test
    void aClosedServerCannotServeAgain() throws Exception {
        with(server -> {
            server.close();
            server.close();
            assertFalse(server.isServing());
            assertThrows(IllegalStateException.class, server::startServing);
            assertThrows(IllegalStateException.class, server::serveForeverAsync);
        });
    }

    @Test
    void aClosedServerListensNoLongerAndItsConnectionsGoOn() throws Exception {
        with(server -> {
            var streams = Clients.connectToEcho(server);
            var port = server.port();
            server.close();
            var loop = EventLoop.current();
            assertThrows(ConnectException.class, () -> await(loop.createConnection(echo::protocol, "127.0.0.1", port)));
            Clients.ask(streams);
            Clients.endOwn(streams);
        });
    }

    // ---- Waiting for the end ---------------------------------------------------------------------------------------

    @Test
    void theEndIsThatOfTheLastConnectionOfAClosedServer() throws Exception {
        with(server -> {
            var ended = server.waitClosedAsync();
            var first = Clients.connectToEcho(server);
            var second = Clients.connectToEcho(server);
            server.close();
            settle();
            assertFalse(ended.isDone());
            Clients.endOwn(first);
            await(echo.lost.get(0));
            settle();
            assertFalse(ended.isDone());
            Clients.endOwn(second);
            await(ended);
            await(server.waitClosedAsync());
        });
    }

    /** cpython #79033, #104344: it must not end because there is nobody just now, nor never if there was nobody at all. */
    @Test
    void anOpenServerHasNotEndedThoughItHasNoConnections() throws Exception {
        with(server -> {
            var ended = server.waitClosedAsync();
            settle();
            assertFalse(ended.isDone());
            Clients.endOwn(Clients.connectToEcho(server));
            await(echo.lost.get(0));
            settle();
            assertFalse(ended.isDone());
            server.close();
            await(ended);
        });
    }

    @Test
    void whoeverGivesUpWaitingLeavesTheOthersAlone() throws Exception {
        with(server -> {
            var first = server.waitClosedAsync();
            var second = server.waitClosedAsync();
            first.cancel();
            server.close();
            await(second);
            assertTrue(first.isCancelled());
        });
    }

    @Test
    void asAResourceItIsClosedAndWaitedFor() throws Exception {
        with(server -> {
            Resources.using(server, it -> {
                Clients.endOwn(Clients.connectToEcho(it));
                return null;
            });
            assertEquals(List.<SocketAddress>of(), server.addresses());
            assertTrue(echo.lost.get(0).isDone());
        });
    }

    // ---- Ending the connections ------------------------------------------------------------------------------------

    @Test
    void closedClientsGetWhatIsBufferedAndAbortedOnesDoNot() throws Exception {
        for (var abort : new boolean[] {false, true}) {
            echo.transports.clear();
            with(server -> {
                var streams = Clients.connectToEcho(server);
                var transport = echo.transports.get(0);
                var written = 0;
                while (transport.getWriteBufferSize() == 0) {
                    transport.write(new byte[100_000]);
                    written += 100_000;
                }
                server.close();
                if (abort) {
                    server.abortClients();
                    assertTrue(readAll(streams) < written);
                } else {
                    server.closeClients();
                    assertEquals(written, readAll(streams));
                }
                await(server.waitClosedAsync());
            });
        }
    }

    private static int readAll(StreamPair streams) throws Exception {
        var count = 0;
        try {
            for (var piece = await(streams.reader().readAsync(65_536));
                    piece.length > 0;
                    piece = await(streams.reader().readAsync(65_536))) {
                count += piece.length;
            }
            await(streams.writer().closeAsync());
        } catch (IOException reset) {
            streams.writer().close();
        }
        return count;
    }

    /** cpython #109564: between the accept and the protocol's start the connection was known to nobody. */
    @Test
    void aConnectionThatWasJustAcceptedIsWaitedFor() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            var servers = new ArrayList<Server>();
            var ended = new ArrayList<LoopFuture<?>>();
            var server = await(loop.createServer(
                    () -> {
                        // Runs before connectionMade, which is put on the ready queue when this returns.
                        loop.callSoon(() -> {
                            servers.get(0).close();
                            ended.add(servers.get(0).waitClosedAsync());
                        });
                        return echo.protocol();
                    },
                    "127.0.0.1",
                    0));
            servers.add(server);
            var streams = Clients.connectToEcho(server);
            assertFalse(ended.get(0).isDone());
            Clients.endOwn(streams);
            await(ended.get(0));
        });
    }

    @Test
    void aServerMayBeClosedInTheFactoryOfAProtocol() throws Exception {
        Asyncio.run(() -> {
            var servers = new ArrayList<Server>();
            var loop = EventLoop.current();
            var server = await(loop.createServer(
                    () -> {
                        servers.get(0).close();
                        return echo.protocol();
                    },
                    "127.0.0.1",
                    0));
            servers.add(server);
            var streams = Clients.connectToEcho(server);
            Clients.endOwn(streams);
            await(server.waitClosedAsync());
        });
    }

    // ---- For ever --------------------------------------------------------------------------------------------------

    @Test
    void servingForEverStartsServing() throws Exception {
        Asyncio.run(() -> {
            var server = start(ServerOptions.DEFAULT.withStartServing(false));
            var forever = server.serveForeverAsync();
            assertTrue(server.isServing());
            var failure = assertThrows(IllegalStateException.class, server::serveForeverAsync);
            assertTrue(failure.getMessage().startsWith("serveForeverAsync() was called before"), failure.getMessage());
            forever.cancel();
            assertThrows(CancellationException.class, () -> await(forever));
        });
    }

    /** CPython of late does so too (cpython #123720): before, a client that said nothing kept the program from ending. */
    @Test
    void whenServingForEverIsCancelledTheConnectionsAreClosedToo() throws Exception {
        with(server -> {
            var streams = Clients.connectToEcho(server);
            var serving = EventLoop.current().createTask(() -> await(server.serveForeverAsync()));
            settle();
            serving.cancel();
            assertEquals(0, Clients.end(streams));
            assertThrows(CancellationException.class, () -> await(serving));
            assertTrue(echo.lost.get(0).isDone());
            assertFalse(server.isServing());
        });
    }

    @Test
    void whenTheServerIsClosedServingForEverEndsAsCancelledWithTheLastConnection() throws Exception {
        with(server -> {
            var streams = Clients.connectToEcho(server);
            var forever = server.serveForeverAsync();
            server.close();
            Clients.ask(streams);
            assertFalse(forever.isDone());
            Clients.endOwn(streams);
            assertThrows(CancellationException.class, () -> await(forever));
        });
    }

    @Test
    void aSecondRequestDoesNotWaitForTheConnections() throws Exception {
        with(server -> {
            var streams = Clients.connectToEcho(server);
            var serving = EventLoop.current().createTask(() -> await(server.serveForeverAsync()));
            settle();
            server.close();
            settle();
            assertFalse(serving.isDone());
            serving.cancel();
            assertThrows(CancellationException.class, () -> await(serving));
            Clients.ask(streams);
            Clients.endOwn(streams);
            await(server.waitClosedAsync());
        });
    }

    @Test
    void aProgramThatEndsClosesWhatItServes() throws Exception {
        var server = new ArrayList<Server>();
        with(it -> {
            it.serveForeverAsync();
            server.add(it);
        });
        assertEquals(List.<SocketAddress>of(), server.get(0).addresses());
    }
}
