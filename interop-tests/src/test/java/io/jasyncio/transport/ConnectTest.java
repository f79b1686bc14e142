package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.transport.LocalPort.NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.kit.AsyncioExtension;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which of a host's addresses are tried, in which order, and what is said when none can be reached (S111). */
@ExtendWith(AsyncioExtension.class)
class ConnectTest {

    private static Transport connect(LocalPort port, ConnectOptions options) throws Exception {
        var connection =
                await(EventLoop.current().createConnection(RecordingProtocol::new, NAME, port.number(), options));
        return connection.transport();
    }

    private static InetAddress peerOf(Transport transport) {
        return ((InetSocketAddress) transport.getExtraInfo(ExtraInfo.PEER_ADDRESS)).getAddress();
    }

    private static void end(Transport transport) throws Exception {
        var protocol = (RecordingProtocol) transport.getProtocol();
        transport.abort();
        await(protocol.lost);
    }

    /** The texts of the failures, in the order of the attempts, when nothing can be reached at these addresses. */
    private static List<String> attempts(ConnectOptions options, String... addresses) throws Exception {
        var all = new ArrayList<InetAddress>();
        for (var address : addresses) {
            all.add(InetAddress.getByName(address));
        }
        // Port 0 is nobody's, and the system refuses to connect to it.
        var loop = LoopOptions.defaults().withResolver(LocalPort.naming(all));
        try (var runner = new Runner(loop)) {
            return runner.run(() -> {
                var connecting = EventLoop.current()
                        .createConnection(RecordingProtocol::new, NAME, 0, options.withAllErrors(true));
                var group = assertThrows(ExceptionGroup.class, () -> await(connecting));
                return group.exceptions().stream()
                        .map(failure -> failure.getMessage().replaceFirst(".*: ", ""))
                        .toList();
            });
        }
    }

    // ---- The order -------------------------------------------------------------------------------------------------

    @Test
    void theFirstAddressThatAnswersIsTaken() throws Exception {
        try (var port = new LocalPort().refusing("127.0.0.1")) {
            port.listening("127.0.0.2");
            var third = port.listening("127.0.0.3");
            port.run(() -> {
                var transport = connect(port, ConnectOptions.DEFAULT);
                assertEquals(InetAddress.getByName("127.0.0.2"), peerOf(transport));
                assertNull(third.accept());
                end(transport);
            });
        }
    }

    @Test
    void theOrderIsThatOfTheLookup() throws Exception {
        assertEquals(
                List.of("127.0.0.1:0", "127.0.0.2:0", "[0:0:0:0:0:0:0:1]:0"),
                attempts(ConnectOptions.DEFAULT, "127.0.0.1", "127.0.0.2", "::1"));
    }

    @Test
    void familiesTakeTurnsIfThatIsAskedFor() throws Exception {
        assertEquals(
                List.of("127.0.0.1:0", "[0:0:0:0:0:0:0:1]:0", "127.0.0.2:0", "127.0.0.3:0"),
                attempts(ConnectOptions.DEFAULT.withInterleave(1), "127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"));
    }

    @Test
    void asManyOfTheFirstFamilyComeFirstAsAreAskedFor() throws Exception {
        assertEquals(
                List.of("127.0.0.1:0", "127.0.0.2:0", "[0:0:0:0:0:0:0:1]:0", "127.0.0.3:0"),
                attempts(ConnectOptions.DEFAULT.withInterleave(2), "127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"));
        assertEquals(
                List.of("127.0.0.1:0", "127.0.0.2:0", "127.0.0.3:0", "[0:0:0:0:0:0:0:1]:0"),
                attempts(ConnectOptions.DEFAULT.withInterleave(9), "127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"));
    }

    @Test
    void theFamilyThatComesFirstIsTheFirstOne() throws Exception {
        assertEquals(
                List.of("[0:0:0:0:0:0:0:1]:0", "127.0.0.1:0", "127.0.0.2:0"),
                attempts(ConnectOptions.DEFAULT.withInterleave(1), "::1", "127.0.0.1", "127.0.0.2"));
    }

    @Test
    void addressesOfOtherFamiliesAreLeftOut() throws Exception {
        var only6 = ConnectOptions.DEFAULT.withFamily(StandardProtocolFamily.INET6);
        assertEquals(List.of("[0:0:0:0:0:0:0:1]:0"), attempts(only6, "127.0.0.1", "::1"));
        try (var port = new LocalPort().refusing("127.0.0.1")) {
            port.run(() -> {
                var failure = assertThrows(UnknownHostException.class, () -> connect(port, only6));
                assertEquals("several has no address of the family INET6", failure.getMessage());
            });
        }
    }

    // ---- Failure ---------------------------------------------------------------------------------------------------

    @Test
    void oneAddressGivesItsOwnFailureWithTheAddressInIt() throws Exception {
        try (var port = new LocalPort().refusing("127.0.0.1")) {
            port.run(() -> {
                var failure = assertThrows(ConnectException.class, () -> connect(port, ConnectOptions.DEFAULT));
                assertEquals("Connection refused: 127.0.0.1:" + port.number(), failure.getMessage());
                assertInstanceOf(ConnectException.class, failure.getCause());
            });
        }
    }

    @Test
    void severalFailuresAreToldInOneText() throws Exception {
        try (var port = new LocalPort().refusing("127.0.0.1").refusing("::1")) {
            port.run(() -> {
                var failure = assertThrows(ConnectException.class, () -> connect(port, ConnectOptions.DEFAULT));
                assertEquals(
                        "Multiple exceptions: Connection refused: 127.0.0.1:%1$d, Connection refused: [0:0:0:0:0:0:0:1]:%1$d"
                                .formatted(port.number()),
                        failure.getMessage());
                assertEquals(2, failure.getSuppressed().length);
            });
        }
    }

    @Test
    void equalTextsAreToldOnce() throws Exception {
        try (var port = new LocalPort().refusing("127.0.0.1")) {
            var twice = List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.1"));
            try (var runner = new Runner(LoopOptions.defaults().withResolver(LocalPort.naming(twice)))) {
                runner.run(() -> {
                    var failure = assertThrows(ConnectException.class, () -> connect(port, ConnectOptions.DEFAULT));
                    assertEquals("Connection refused: 127.0.0.1:" + port.number(), failure.getMessage());
                });
            }
        }
    }

    @Test
    void allErrorsAreGivenAsAGroupIfThatIsAskedForEvenASingleOne() throws Exception {
        try (var port = new LocalPort().refusing("127.0.0.1")) {
            port.run(() -> {
                var all = ConnectOptions.DEFAULT.withAllErrors(true);
                var group = assertThrows(ExceptionGroup.class, () -> connect(port, all));
                assertEquals("createConnection failed (1 sub-exception)", group.getMessage());
                assertInstanceOf(ConnectException.class, group.exceptions().get(0));
            });
        }
    }

    @Test
    void aHostWithoutAddressesIsUnknown() throws Exception {
        try (var runner = new Runner(LoopOptions.defaults().withResolver(host -> List.of()))) {
            runner.run(() -> {
                var connecting = EventLoop.current().createConnection(RecordingProtocol::new, "nowhere", 1);
                var failure = assertThrows(UnknownHostException.class, () -> await(connecting));
                assertEquals("nowhere has no address", failure.getMessage());
            });
        }
    }

    @Test
    void aFailedLookupIsToldAsItIs() throws Exception {
        var failure = new IOException("no name server");
        try (var runner = new Runner(LoopOptions.defaults().withResolver(host -> {
            throw failure;
        }))) {
            runner.run(() -> {
                var all = ConnectOptions.DEFAULT.withAllErrors(true);
                var connecting = EventLoop.current().createConnection(RecordingProtocol::new, "nowhere", 1, all);
                assertEquals(failure, assertThrows(IOException.class, () -> await(connecting)));
            });
        }
    }

    @Test
    void badArgumentsAreRefusedAtTheCall() throws Exception {
        Asyncio.run(() -> {
            var loop = EventLoop.current();
            assertTrue(assertThrows(
                            IllegalArgumentException.class, () -> loop.createConnection(RecordingProtocol::new, "", 1))
                    .getMessage()
                    .contains("host"));
            assertTrue(assertThrows(
                            IllegalArgumentException.class,
                            () -> loop.createConnection(RecordingProtocol::new, "127.0.0.1", 65_536))
                    .getMessage()
                    .contains("65536"));
        });
    }
}
