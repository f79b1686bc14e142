package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ChildJvm;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.stream.Server;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.TlsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can go wrong with a connection that is accepted, and that it goes wrong for this one alone (S115). */
@ExtendWith(AsyncioExtension.class)
class AcceptTest {

    private final Clients.Echo echo = new Clients.Echo();
    private int asked;

    /** Fails for the first connection. */
    private Supplier<Protocol> failingOnce(Supplier<Protocol> failure) {
        return () -> ++asked == 1 ? failure.get() : echo.protocol();
    }

    private static Server start(Supplier<Protocol> factory) throws Exception {
        return await(EventLoop.current().createServer(factory, "127.0.0.1", 0));
    }

    /** The first connection is ended, the next one is served, and the server knows nothing of the first any more. */
    private void runWithOneFailure(Supplier<Protocol> failure) throws Exception {
        Asyncio.run(() -> {
            var server = start(failingOnce(failure));
            assertEquals(0, Clients.end(Clients.connect(server)));
            var second = Clients.connectToEcho(server);
            assertTrue(server.toString().endsWith("1 connections]"), server.toString());
            server.close();
            Clients.endOwn(second);
            await(server.waitClosedAsync());
        });
    }

    @Test
    void aFactoryThatFailsIsReportedAndItsConnectionEnded(ErrorLog log) throws Exception {
        runWithOneFailure(() -> {
            throw new IllegalStateException("no protocol");
        });
        var report = log.take();
        assertTrue(report.getMessage().startsWith("Error on transport creation for incoming connection"));
        assertEquals("no protocol", report.getThrown().getMessage());
    }

    @Test
    void aFactoryThatMakesNothingIsReportedToo(ErrorLog log) throws Exception {
        runWithOneFailure(() -> null);
        assertInstanceOf(NullPointerException.class, log.takeException());
    }

    @Test
    void aFailureOfTheFactorysIsNotTakenForOneOfTheNetwork(ErrorLog log) throws Exception {
        runWithOneFailure(() -> sneak(new IOException("no file")));
        assertEquals("no file", log.takeException().getMessage());
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> Protocol sneak(Exception failure) throws E {
        throw (E) failure;
    }

    @Test
    void aProtocolThatFailsAtItsStartIsReportedAndItsConnectionEnded(ErrorLog log) throws Exception {
        runWithOneFailure(() -> new Protocol() {
            @Override
            public void connectionMade(io.jasyncio.transport.Transport transport) {
                throw new IllegalStateException("no start");
            }
        });
        assertEquals("no start", log.takeException().getMessage());
    }

    /** A channel that is left, or asked for ever, keeps this clock from its jump. */
    @Test
    void aChannelThatItsOwnerHasClosedIsNotAskedAnyMore() throws Exception {
        VirtualTime.run(() -> {
            var channel = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
            var server = await(EventLoop.current().createServer(echo::protocol, channel, ServerOptions.DEFAULT));
            Clients.endOwn(Clients.connectToEcho(server));
            channel.close();
            await(Asyncio.sleep(Duration.ofDays(1)));
            await(server.closeAsync());
        });
    }

    @Test
    void connectionsThatNeverFinishTheirHandshakeCanBeEndedToo() throws Exception {
        var tls = ServerOptions.DEFAULT.withTls(TlsOptions.of(SSLContext.getDefault()));
        for (var abort : new boolean[] {false, true}) {
            Asyncio.run(() -> {
                var server = await(EventLoop.current().createServer(echo::protocol, "127.0.0.1", 0, tls));
                var streams = Clients.connect(server);
                while (server.toString().endsWith(" 0 connections]")) {
                    await(Asyncio.sleep(Duration.ZERO));
                }
                server.close();
                if (abort) {
                    server.abortClients();
                } else {
                    server.closeClients();
                }
                await(server.waitClosedAsync());
                Clients.endOwn(streams);
                assertEquals(0, echo.transports.size());
            });
        }
    }

    // ---- Out of file descriptors -----------------------------------------------------------------------------------

    /** netty #1578: the listener died; ranch #36: it was asked again and again. */
    @Test
    void aServerThatRunsOutOfFileDescriptorsPausesAndGoesOn() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "needs a limit of open files");
        // The JVM would raise its limit again, up to the hard one.
        var output = ChildJvm.of(OutOfFiles.class)
                .option("-XX:-MaxFDLimit")
                .after("ulimit -n 300")
                .run();
        var served = "one who waited is served";
        assertEquals(
                List.of(
                        "a report: socket.accept() out of system resource",
                        "the old connection is served",
                        "another report after a second at the earliest, in which it slept",
                        served,
                        served,
                        served,
                        served,
                        served,
                        "closed while it paused, and no timer left"),
                output.text().lines().toList());
        assertEquals(0, output.exitCode());
    }
}
