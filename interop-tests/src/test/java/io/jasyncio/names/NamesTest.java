package io.jasyncio.names;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.HostResolver;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.kit.AsyncioExtension;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code getAddrInfo} and {@code getNameInfo} say. */
@ExtendWith(AsyncioExtension.class)
class NamesTest {

    private static final HostResolver NOBODY = host -> {
        throw new AssertionError("somebody looked up " + host);
    };

    private static void with(HostResolver resolver, CoroutineAction body) throws Exception {
        try (var runner = new Runner(LoopOptions.defaults().withResolver(resolver))) {
            runner.run(body);
        }
    }

    private static List<InetSocketAddress> lookUp(String host) throws Exception {
        return await(EventLoop.current().getAddrInfo(host, 80));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "[::1], ::1", "::ffff:127.0.0.1, 127.0.0.1", "0.0.0.0, 0.0.0.0"})
    void anAddressIsNotLookedUp(String host, String address) throws Exception {
        with(NOBODY, () -> {
            var addressing = EventLoop.current().getAddrInfo(host, 80);
            assertTrue(addressing.isDone());
            assertEquals(List.of(new InetSocketAddress(address, 80)), await(addressing));
        });
    }

    @Test
    void anAddressMayNameItsInterface() throws Exception {
        var loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        assumeTrue(loopback.inetAddresses().anyMatch(Inet6Address.class::isInstance), "no IPv6");
        with(NOBODY, () -> {
            var address = lookUp("::1%" + loopback.getName()).get(0).getAddress();
            assertEquals(loopback, ((Inet6Address) address).getScopedInterface());
            assertThrows(UnknownHostException.class, () -> lookUp("::1%nothing"));
        });
    }

    @ParameterizedTest
    @CsvSource({"1:2", "::1::", "[::1", ":"})
    void whatLooksLikeAnAddressAndIsNoneIsNotLookedUpEither(String host) throws Exception {
        with(NOBODY, () -> assertThrows(UnknownHostException.class, () -> lookUp(host)));
    }

    @ParameterizedTest
    @CsvSource({"1.2.3", "256.1.1.1", "1.2.3.4.example", "example"})
    void everythingElseIsAName(String host) throws Exception {
        var asked = new String[1];
        HostResolver resolver = name -> {
            asked[0] = name;
            return List.of(InetAddress.getByName("127.0.0.7"));
        };
        with(resolver, () -> assertEquals(List.of(new InetSocketAddress("127.0.0.7", 80)), lookUp(host)));
        assertEquals(host, asked[0]);
    }

    @Test
    void allAddressesAreGivenInTheResolversOrder() throws Exception {
        var addresses = List.of(
                InetAddress.getByName("127.0.0.3"), InetAddress.getByName("::1"), InetAddress.getByName("127.0.0.1"));
        with(
                host -> addresses,
                () -> assertEquals(
                        addresses,
                        lookUp("example").stream()
                                .map(InetSocketAddress::getAddress)
                                .toList()));
    }

    @Test
    void theSystemIsAskedUnlessOtherwiseSaid() throws Exception {
        var addresses = addressesOf("localhost");
        assumeTrue(addresses.length > 0, "this machine has no name for itself");
        Asyncio.run(() -> assertEquals(
                Stream.of(addresses)
                        .map(address -> new InetSocketAddress(address, 80))
                        .toList(),
                lookUp("localhost")));
    }

    private static InetAddress[] addressesOf(String name) {
        try {
            return InetAddress.getAllByName(name);
        } catch (UnknownHostException unknown) {
            return new InetAddress[0];
        }
    }

    @Test
    void failuresOfTheResolverAreToldAsTheyAre() throws Exception {
        var unknown = new UnknownHostException("example");
        with(
                host -> {
                    throw unknown;
                },
                () -> assertSame(unknown, assertThrows(IOException.class, () -> lookUp("example"))));
        var broken = new IllegalStateException("a bug");
        with(
                host -> {
                    throw broken;
                },
                () -> assertSame(broken, assertThrows(IllegalStateException.class, () -> lookUp("example"))));
        with(host -> List.of(), () -> assertThrows(UnknownHostException.class, () -> lookUp("example")));
    }

    @Test
    void anAddressHasANameOrIsGivenAsText() throws Exception {
        with(NOBODY, () -> {
            var name = await(EventLoop.current().getNameInfo(new InetSocketAddress("127.0.0.1", 80)));
            assertFalse(name.isEmpty());
            assertTrue(List.of(InetAddress.getAllByName(name)).contains(InetAddress.getByName("127.0.0.1")), name);
        });
    }

    @Test
    void badArgumentsAreRefusedAtTheCall() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            assertThrows(IllegalArgumentException.class, () -> loop.getAddrInfo("", 80));
            assertThrows(IllegalArgumentException.class, () -> loop.getAddrInfo("localhost", -1));
            var nameOnly = InetSocketAddress.createUnresolved("localhost", 80);
            assertThrows(IllegalArgumentException.class, () -> loop.getNameInfo(nameOnly));
        });
    }
}
