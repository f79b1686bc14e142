package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.transport.LocalPort.NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a connection comes from, and what its socket is like. */
@ExtendWith(AsyncioExtension.class)
class ConnectOptionsTest {

    private final LocalPort port = new LocalPort();

    private void onLoop(CoroutineAction body) throws Exception {
        try (port) {
            port.run(body);
        }
    }

    private Transport connect(ConnectOptions options) throws Exception {
        var loop = EventLoop.current();
        return await(loop.createConnection(RecordingProtocol::new, NAME, port.number(), options))
                .transport();
    }

    private static InetSocketAddress localOf(Transport transport) {
        return (InetSocketAddress) transport.getExtraInfo(ExtraInfo.LOCAL_ADDRESS);
    }

    private static <T> T optionOf(Transport transport, SocketOption<T> option) throws IOException {
        return ((SocketChannel) transport.getExtraInfo(ExtraInfo.CHANNEL)).getOption(option);
    }

    private static void end(Transport transport) throws Exception {
        transport.abort();
        await(((RecordingProtocol) transport.getProtocol()).lost);
    }

    // ---- The local address -----------------------------------------------------------------------------------------

    @Test
    void aConnectionComesFromTheLocalAddress() throws Exception {
        port.listening("127.0.0.1");
        onLoop(() -> {
            var transport = connect(ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("127.0.0.9", 0)));
            assertEquals(InetAddress.getByName("127.0.0.9"), localOf(transport).getAddress());
            end(transport);
        });
    }

    @Test
    void aLocalAddressThatIsTakenIsSaid() throws Exception {
        port.listening("127.0.0.1");
        try (var taken = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.9", 0))) {
            var local = (InetSocketAddress) taken.getLocalAddress();
            onLoop(() -> {
                var failure = assertThrows(
                        BindException.class, () -> connect(ConnectOptions.DEFAULT.withLocalAddress(local)));
                assertTrue(failure.getMessage().endsWith(": 127.0.0.9:" + local.getPort()), failure.getMessage());
            });
        }
    }

    @Test
    void onlyAddressesOfTheLocalAddressesFamilyAreReached() throws Exception {
        port.listening("::1");
        port.listening("127.0.0.1");
        onLoop(() -> {
            var from = ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("127.0.0.9", 0));
            var transport = connect(from);
            assertEquals(InetAddress.getByName("127.0.0.9"), localOf(transport).getAddress());
            end(transport);
            var raced = connect(from.withHappyEyeballsDelay(Duration.ofDays(1)));
            assertEquals(InetAddress.getByName("127.0.0.9"), localOf(raced).getAddress());
            end(raced);
        });
    }

    @Test
    void aLocalAddressOfAnotherFamilyIsAFailure() throws Exception {
        port.listening("::1");
        onLoop(() -> {
            var from = ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("127.0.0.9", 0));
            var failure = assertThrows(IOException.class, () -> connect(from));
            assertEquals(
                    "no local address to connect to [0:0:0:0:0:0:0:1]:" + port.number() + " from: [/127.0.0.9:0]",
                    failure.getMessage());
        });
    }

    @Test
    void aLocalAddressMayBeANameWithAnAddressOfEachFamily() throws Exception {
        port.listening("::1");
        port.refusing("127.0.0.1");
        onLoop(() -> {
            var from = ConnectOptions.DEFAULT.withLocalAddress(InetSocketAddress.createUnresolved(NAME, 0));
            var transport = connect(from);
            assertEquals(InetAddress.getByName("::1"), localOf(transport).getAddress());
            end(transport);
        });
    }

    @Test
    void aLocalPortWithoutAnAddressIsOneOfEachFamily() throws Exception {
        port.listening("::1");
        onLoop(() -> {
            var any4 = new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0);
            var transport = connect(ConnectOptions.DEFAULT.withLocalAddress(any4));
            assertEquals(InetAddress.getByName("::1"), localOf(transport).getAddress());
            end(transport);
        });
    }

    // ---- Socket options --------------------------------------------------------------------------------------------

    @Test
    void smallWritesGoOutAtOnceUnlessOtherwiseSaid() throws Exception {
        port.listening("127.0.0.1");
        onLoop(() -> {
            var usual = connect(ConnectOptions.DEFAULT);
            assertTrue(optionOf(usual, StandardSocketOptions.TCP_NODELAY));
            end(usual);
            var slow = connect(ConnectOptions.DEFAULT.withOption(StandardSocketOptions.TCP_NODELAY, false));
            assertFalse(optionOf(slow, StandardSocketOptions.TCP_NODELAY));
            end(slow);
        });
    }

    @Test
    void optionsAreSet() throws Exception {
        port.listening("127.0.0.1");
        onLoop(() -> {
            var transport = connect(ConnectOptions.DEFAULT.withOption(StandardSocketOptions.SO_KEEPALIVE, true));
            assertTrue(optionOf(transport, StandardSocketOptions.SO_KEEPALIVE));
            end(transport);
        });
    }

    @Test
    void anOptionThatDoesNotExistIsABadArgument() throws Exception {
        port.listening("127.0.0.1");
        onLoop(() -> {
            var wrong = ConnectOptions.DEFAULT.withOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            var failure = assertThrows(IllegalArgumentException.class, () -> connect(wrong));
            assertTrue(failure.getMessage().contains("IP_MULTICAST_TTL"), failure.getMessage());
            var negative = ConnectOptions.DEFAULT.withOption(StandardSocketOptions.SO_RCVBUF, -1);
            assertInstanceOf(IllegalArgumentException.class, assertThrows(Exception.class, () -> connect(negative)));
        });
    }

    @Test
    void optionsAreCheckedWhenTheyAreGiven() {
        assertThrows(
                IllegalArgumentException.class, () -> ConnectOptions.DEFAULT.withHappyEyeballsDelay(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> ConnectOptions.DEFAULT.withInterleave(-1));
        assertThrows(NullPointerException.class, () -> ConnectOptions.DEFAULT.withLocalAddress(null));
        assertEquals(0, ConnectOptions.DEFAULT.interleave());
        assertEquals(
                Integer.MAX_VALUE,
                ConnectOptions.DEFAULT.withInterleave(Integer.MAX_VALUE).interleave());
        assertEquals(
                1,
                ConnectOptions.DEFAULT
                        .withHappyEyeballsDelay(Duration.ofMillis(250))
                        .interleave());
    }
}
