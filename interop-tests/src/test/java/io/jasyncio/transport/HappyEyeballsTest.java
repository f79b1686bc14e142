package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.transport.LocalPort.NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.ExceptionGroup;
import io.jasyncio.LoopFuture;
import io.jasyncio.Runner;
import io.jasyncio.VirtualClock;
import io.jasyncio.kit.AsyncioExtension;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several addresses side by side (RFC 8305), on real sockets. The order of things in time is the business of the race's own test. */
@ExtendWith(AsyncioExtension.class)
class HappyEyeballsTest {

    private static final ConnectOptions AT_ONCE = ConnectOptions.DEFAULT.withHappyEyeballsDelay(Duration.ofMillis(1));
    private static final ConnectOptions VERY_LATE = ConnectOptions.DEFAULT.withHappyEyeballsDelay(Duration.ofDays(1));

    private static LoopFuture<Connection<Transport, RecordingProtocol>> connecting(
            LocalPort port, ConnectOptions options) {
        return EventLoop.current().createConnection(RecordingProtocol::new, NAME, port.number(), options);
    }

    private static String connect(LocalPort port, ConnectOptions options) throws Exception {
        var connection = await(connecting(port, options));
        var peer = (InetSocketAddress) connection.transport().getExtraInfo(ExtraInfo.PEER_ADDRESS);
        connection.transport().abort();
        await(connection.protocol().lost);
        return peer.getAddress().getHostAddress();
    }

    @Test
    void anAddressThatSaysNothingStopsNobody() throws Exception {
        try (var port = new LocalPort().silent("127.0.0.1").silent("127.0.0.2")) {
            port.listening("127.0.0.3");
            port.run(() -> assertEquals("127.0.0.3", connect(port, AT_ONCE)));
        }
    }

    @Test
    void anAddressThatRefusesMakesWayAtOnce() throws Exception {
        try (var port = new LocalPort().refusing("127.0.0.1").refusing("127.0.0.2")) {
            port.listening("127.0.0.3");
            port.run(() -> assertEquals("127.0.0.3", connect(port, VERY_LATE)));
        }
    }

    @Test
    void anAddressThatAnswersHasNoCompetitors() throws Exception {
        try (var port = new LocalPort()) {
            port.listening("127.0.0.1");
            var second = port.listening("127.0.0.2");
            port.run(() -> assertEquals("127.0.0.1", connect(port, VERY_LATE)));
            assertNull(second.accept());
        }
    }

    @Test
    void familiesTakeTurnsUnlessOtherwiseSaid() throws Exception {
        try (var port =
                new LocalPort().refusing("127.0.0.1").refusing("127.0.0.2").refusing("::1")) {
            port.run(() -> {
                assertEquals(
                        "Connection refused: [0:0:0:0:0:0:0:1]:" + port.number(),
                        second(port, VERY_LATE.withAllErrors(true)));
                assertEquals(
                        "Connection refused: 127.0.0.2:" + port.number(),
                        second(port, VERY_LATE.withAllErrors(true).withInterleave(0)));
            });
        }
    }

    private static String second(LocalPort port, ConnectOptions options) {
        var group = assertThrows(ExceptionGroup.class, () -> await(connecting(port, options)));
        return group.exceptions().get(1).getMessage();
    }

    @Test
    void whenAllHaveFailedThatIsSaidAsWithoutARace() throws Exception {
        try (var port = new LocalPort().refusing("127.0.0.1").refusing("127.0.0.2")) {
            port.run(() -> {
                var failure = assertThrows(ConnectException.class, () -> connect(port, AT_ONCE));
                assertEquals(
                        "Multiple exceptions: Connection refused: 127.0.0.1:%1$d, Connection refused: 127.0.0.2:%1$d"
                                .formatted(port.number()),
                        failure.getMessage());
            });
        }
    }

    /** The clock of this loop can only jump when no channel is watched: a channel that is left makes the day a real one. */
    @Test
    void aLostRaceLeavesNoChannel() throws Exception {
        try (var port = new LocalPort().silent("127.0.0.1").silent("127.0.0.2")) {
            port.listening("127.0.0.3");
            try (var runner = new Runner(port.options().withClock(new VirtualClock()))) {
                runner.run(() -> {
                    connect(port, AT_ONCE);
                    await(Asyncio.sleep(Duration.ofDays(1)));
                });
            }
        }
    }

    @Test
    void aRaceThatIsGivenUpLeavesNoChannel() throws Exception {
        try (var port = new LocalPort().silent("127.0.0.1").silent("127.0.0.2")) {
            try (var runner = new Runner(port.options().withClock(new VirtualClock()))) {
                runner.run(() -> {
                    var limited = Asyncio.waitFor(connecting(port, AT_ONCE), Duration.ofMillis(20));
                    assertThrows(TimeoutException.class, () -> await(limited));
                    await(Asyncio.sleep(Duration.ofDays(1)));
                });
            }
        }
    }

    @Test
    void anAttemptThatIsGivenUpLeavesNoChannel() throws Exception {
        try (var port = new LocalPort().silent("127.0.0.1")) {
            try (var runner = new Runner(port.options().withClock(new VirtualClock()))) {
                runner.run(() -> {
                    var limited = Asyncio.waitFor(connecting(port, ConnectOptions.DEFAULT), Duration.ofMillis(20));
                    assertThrows(TimeoutException.class, () -> await(limited));
                    await(Asyncio.sleep(Duration.ofDays(1)));
                });
            }
        }
    }
}
