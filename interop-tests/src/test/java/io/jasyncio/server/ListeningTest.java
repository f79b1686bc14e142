package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.transport.LocalPort.NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ChildJvm;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.LocalPort;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where a server listens, and with which options (S111). */
@ExtendWith(AsyncioExtension.class)
class ListeningTest {

    private final Clients.Echo echo = new Clients.Echo();

    private Server start(String host, int port, ServerOptions options) throws Exception {
        return await(EventLoop.current().createServer(echo::protocol, host, port, options));
    }

    /** Runs a body where the name stands for these addresses. */
    private static void withAddresses(CoroutineAction body, String... addresses) throws Exception {
        var all = new ArrayList<InetAddress>();
        for (var address : addresses) {
            all.add(InetAddress.getByName(address));
            if (address.equals("::1")) {
                LocalPort.assumeIpv6();
            }
        }
        try (var runner = new Runner(LoopOptions.defaults().withResolver(LocalPort.naming(all)))) {
            runner.run(body);
        }
    }

    private static List<String> hosts(Server server) {
        return server.addresses().stream()
                .map(address -> ((InetSocketAddress) address).getAddress().getHostAddress())
                .toList();
    }

    private static void visit(String host, int port) throws Exception {
        try (var streams = await(Streams.openConnection(host, port))) {
            Clients.ask(streams);
            await(streams.writer().closeAsync());
        }
    }

    // ---- Addresses -------------------------------------------------------------------------------------------------

    @Test
    void aServerTellsWhereItListensUntilItIsClosed() throws Exception {
        Asyncio.run(() -> {
            var server = start("127.0.0.1", 0, ServerOptions.DEFAULT);
            assertEquals(List.of(new InetSocketAddress("127.0.0.1", server.port())), server.addresses());
            assertTrue(server.port() > 0);
            server.close();
            assertEquals(List.<SocketAddress>of(), server.addresses());
            assertEquals(
                    "the server is closed",
                    assertThrows(IllegalStateException.class, server::port).getMessage());
        });
    }

    @Test
    void aServerListensOnAllAddressesOfItsHostAndOnTheSamePort() throws Exception {
        withAddresses(
                () -> {
                    var server = start(NAME, 0, ServerOptions.DEFAULT);
                    assertEquals(List.of("127.0.0.1", "0:0:0:0:0:0:0:1", "127.0.0.2"), hosts(server));
                    for (var address : server.addresses()) {
                        assertEquals(server.port(), ((InetSocketAddress) address).getPort());
                        visit(((InetSocketAddress) address).getAddress().getHostAddress(), server.port());
                    }
                    await(server.closeAsync());
                },
                "127.0.0.1",
                "::1",
                "127.0.0.2");
    }

    @Test
    void anAddressThatIsThereTwiceIsListenedOnOnce() throws Exception {
        withAddresses(
                () -> {
                    try (var server = start(NAME, 0, ServerOptions.DEFAULT)) {
                        assertEquals(List.of("127.0.0.1"), hosts(server));
                    }
                },
                "127.0.0.1",
                "127.0.0.1");
    }

    @Test
    void addressesThatThisMachineDoesNotHaveAreLeftOut() throws Exception {
        withAddresses(
                () -> {
                    try (var server = start(NAME, 0, ServerOptions.DEFAULT)) {
                        assertEquals(List.of("127.0.0.1"), hosts(server));
                    }
                },
                "203.0.113.70",
                "127.0.0.1",
                "2001:db8::1");
    }

    @Test
    void whereThereAreNoOthersThatIsAFailure() throws Exception {
        withAddresses(
                () -> {
                    var failure = assertThrows(IOException.class, () -> start(NAME, 0, ServerOptions.DEFAULT));
                    assertTrue(failure.getMessage().endsWith(": 203.0.113.71:0"), failure.getMessage());
                },
                "203.0.113.70",
                "203.0.113.71");
    }

    @Test
    void aPortThatIsTakenOnOneOfTheAddressesIsAFailureAndNothingListens() throws Exception {
        try (var taken = new LocalPort()) {
            taken.listening("127.0.0.2");
            withAddresses(
                    () -> {
                        var failure = assertThrows(
                                BindException.class, () -> start(NAME, taken.number(), ServerOptions.DEFAULT));
                        assertTrue(
                                failure.getMessage().endsWith(": 127.0.0.2:" + taken.number()), failure.getMessage());
                        start("127.0.0.1", taken.number(), ServerOptions.DEFAULT)
                                .close();
                    },
                    "127.0.0.1",
                    "127.0.0.2");
        }
    }

    @Test
    void onlyAddressesOfTheFamilyAreListenedOn() throws Exception {
        var only6 = ServerOptions.DEFAULT.withFamily(StandardProtocolFamily.INET6);
        withAddresses(
                () -> {
                    try (var server = start(NAME, 0, only6)) {
                        assertEquals(List.of("0:0:0:0:0:0:0:1"), hosts(server));
                    }
                },
                "127.0.0.1",
                "::1");
        withAddresses(() -> assertThrows(UnknownHostException.class, () -> start(NAME, 0, only6)), "127.0.0.1");
    }

    @Test
    void withoutAHostAServerListensOnAllInterfacesOfBothFamilies() throws Exception {
        LocalPort.assumeIpv6();
        Asyncio.run(() -> {
            for (var host : new String[] {null, ""}) {
                var server = start(host, 0, ServerOptions.DEFAULT);
                visit("127.0.0.1", server.port());
                visit("127.0.0.2", server.port());
                visit("::1", server.port());
                var port = server.port();
                var second = assertThrows(BindException.class, () -> start(null, port, ServerOptions.DEFAULT));
                assertTrue(second.getMessage().endsWith(":" + port), second.getMessage());
                var other = ServerOptions.DEFAULT.withFamily(StandardProtocolFamily.INET6);
                assertThrows(BindException.class, () -> start(null, port, other));
                await(server.closeAsync());
            }
        });
    }

    @Test
    void withAFamilyAServerListensOnAllInterfacesOfThatFamily() throws Exception {
        Asyncio.run(() -> {
            var server = start(null, 0, ServerOptions.DEFAULT.withFamily(StandardProtocolFamily.INET));
            visit("127.0.0.1", server.port());
            assertThrows(IOException.class, () -> visit("::1", server.port()));
            await(server.closeAsync());
        });
    }

    @Test
    void aMachineWithoutIpv6IsServedAsFarAsItGoes() throws Exception {
        var output = ChildJvm.of(NoIpv6.class)
                .option("-Djava.net.preferIPv4Stack=true")
                .run();
        assertEquals(
                List.of(
                        "listens on 1",
                        "connects",
                        "connects",
                        "listens on all interfaces",
                        "this machine has no family INET6: [0:0:0:0:0:0:0:0]:0"),
                output.text().lines().toList());
    }

    // ---- Options ---------------------------------------------------------------------------------------------------

    @Test
    void aPortCanBeTakenAgainWhileOldConnectionsStillHoldIt() throws Exception {
        Asyncio.run(() -> {
            var first = start("127.0.0.1", 0, ServerOptions.DEFAULT);
            var port = first.port();
            var streams = Clients.connectToEcho(first);
            // Whoever closes first keeps the port for a minute.
            first.close();
            first.closeClients();
            Clients.end(streams);
            await(first.waitClosedAsync());
            start("127.0.0.1", port, ServerOptions.DEFAULT).close();
        });
    }

    @Test
    void serversMayShareAPort() throws Exception {
        Asyncio.run(() -> {
            var shared = ServerOptions.DEFAULT.withReusePort(true);
            try (var first = start("127.0.0.1", 0, shared);
                    var second = start("127.0.0.1", first.port(), shared)) {
                assertEquals(first.port(), second.port());
                assertThrows(BindException.class, () -> start("127.0.0.1", first.port(), ServerOptions.DEFAULT));
            }
        });
    }

    @Test
    void acceptedConnectionsHaveTheOptionsOfTheServer() throws Exception {
        Asyncio.run(() -> {
            assertEquals(List.of(true, false), optionsOfAClient(ServerOptions.DEFAULT));
            var other = ServerOptions.DEFAULT.withKeepAlive(true).withOption(StandardSocketOptions.TCP_NODELAY, false);
            assertEquals(List.of(false, true), optionsOfAClient(other));
        });
    }

    /** Whether small writes go out at once, and whether the connection is kept alive. */
    private List<Boolean> optionsOfAClient(ServerOptions options) throws Exception {
        var server = start("127.0.0.1", 0, options);
        var streams = Clients.connectToEcho(server);
        var channel = (SocketChannel) echo.transports.remove(0).getExtraInfo(ExtraInfo.CHANNEL);
        var found = List.of(
                channel.getOption(StandardSocketOptions.TCP_NODELAY),
                channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
        server.close();
        server.closeClients();
        Clients.end(streams);
        await(server.waitClosedAsync());
        return found;
    }

    @Test
    void optionsThatCannotBeSetAreABadArgumentAndNothingListens() throws Exception {
        Asyncio.run(() -> {
            var wrong = ServerOptions.DEFAULT.withOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            assertThrows(IllegalArgumentException.class, () -> start("127.0.0.1", 0, wrong));
            var negative = ServerOptions.DEFAULT.withOption(StandardSocketOptions.SO_SNDBUF, -1);
            assertThrows(IllegalArgumentException.class, () -> start("127.0.0.1", 0, negative));
        });
        assertThrows(IllegalArgumentException.class, () -> ServerOptions.DEFAULT.withBacklog(0));
    }

    @Test
    void aUnixSocketDoesNotHaveTheOptionsOfTcp(@TempDir Path folder) throws Exception {
        Asyncio.run(() -> {
            var tcp = ServerOptions.DEFAULT.withOption(StandardSocketOptions.TCP_NODELAY, true);
            var starting = EventLoop.current().createUnixServer(echo::protocol, folder.resolve("socket"), tcp);
            assertThrows(IllegalArgumentException.class, () -> await(starting));
            assertFalse(Files.exists(folder.resolve("socket")));
        });
    }

    // ---- A given channel -------------------------------------------------------------------------------------------

    @Test
    void aBoundChannelIsTakenAndClosedWithTheServer() throws Exception {
        try (var channel = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            Asyncio.run(() -> {
                var loop = EventLoop.current();
                var server = await(loop.createServer(echo::protocol, channel, ServerOptions.DEFAULT));
                assertEquals(List.of(channel.getLocalAddress()), server.addresses());
                visit("127.0.0.1", server.port());
                var used = assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.createServer(echo::protocol, channel, ServerOptions.DEFAULT));
                assertTrue(
                        used.getMessage().startsWith("the channel is used by a transport: Server["), used.getMessage());
                await(server.closeAsync());
                assertFalse(channel.isOpen());
                assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.createServer(echo::protocol, channel, ServerOptions.DEFAULT));
            });
        }
    }

    @Test
    void aChannelThatIsNotBoundIsABadArgument() throws Exception {
        try (var channel = ServerSocketChannel.open()) {
            Asyncio.run(() -> assertThrows(
                    IllegalArgumentException.class,
                    () -> EventLoop.current().createServer(echo::protocol, channel, ServerOptions.DEFAULT)));
            assertTrue(channel.isOpen() && channel.isBlocking());
        }
    }
}
