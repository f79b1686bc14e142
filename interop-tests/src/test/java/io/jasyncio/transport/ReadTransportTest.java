package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a socket tells its protocol, and in which order (S108, S109). */
@ExtendWith(AsyncioExtension.class)
class ReadTransportTest {

    @Test
    void madeDataEofLostInThisOrder() throws Exception {
        Pair.run(pair -> {
            pair.far().transport.write("hello".getBytes());
            pair.far().transport.close();
            assertNull(await(pair.near().lost));
            assertEquals(List.of("made", "data", "eof", "lost"), pair.events());
            assertEquals("hello", pair.near().received.toString());
        });
    }

    @Test
    void aPauseInConnectionMadeHolds() throws Exception {
        Asyncio.run(() -> {
            var far = new RecordingProtocol();
            far.onMade = Transport::pauseReading;
            var pair = Pair.connect(new RecordingProtocol(), far);
            pair.near().transport.write("early".getBytes());
            Pair.settle();
            assertEquals(List.of("made"), far.events);
            assertFalse(far.transport.isReading());
            far.transport.resumeReading();
            await(far.receivedAsync(5));
            pair.near().transport.close();
            await(far.lost);
            return null;
        });
    }

    @Test
    void pausingAndResumingTwiceIsLikeOnce() throws Exception {
        Pair.run(pair -> {
            var transport = pair.near().transport;
            transport.pauseReading();
            transport.pauseReading();
            transport.resumeReading();
            transport.resumeReading();
            assertTrue(transport.isReading());
            pair.far().transport.write("x".getBytes());
            await(pair.near().receivedAsync(1));
            transport.close();
            assertFalse(transport.isReading());
            transport.resumeReading();
            assertFalse(transport.isReading());
        });
    }

    @Test
    void aProtocolMayKeepTheConnectionOpenAfterTheEnd() throws Exception {
        Pair.run(pair -> {
            pair.near().keepsOpen = true;
            pair.far().transport.writeEof();
            await(pair.near().ended);
            pair.near().transport.write("more".getBytes());
            await(pair.far().receivedAsync(4));
            assertFalse(pair.near().transport.isClosing());
        });
    }

    /** A channel at its end stays readable for ever (J4). */
    @Test
    void theEndIsToldOnceWhateverIsPausedAndResumedAfterwards() throws Exception {
        Pair.run(pair -> {
            pair.near().keepsOpen = true;
            pair.far().transport.writeEof();
            await(pair.near().ended);
            pair.near().transport.pauseReading();
            pair.near().transport.resumeReading();
            Pair.settle();
            assertEquals(List.of("made", "eof"), pair.events());
        });
    }

    @Test
    void aFailureOfTheProtocolIsReportedAndEndsTheConnection(ErrorLog log) throws Exception {
        Pair.run(pair -> {
            pair.near().onData = text -> {
                throw new IllegalStateException("bad data");
            };
            pair.far().transport.write("x".getBytes());
            assertEquals("bad data", await(pair.near().lost).getMessage());
            await(pair.far().lost);
        });
        var report = log.take();
        assertTrue(
                report.getMessage().startsWith("Fatal error: protocol.dataReceived() call failed."),
                report::getMessage);
    }

    @Test
    void aFailureInConnectionMadeIsReportedAndEndsTheConnection(ErrorLog log) throws Exception {
        Asyncio.run(() -> {
            var far = new RecordingProtocol();
            far.onMade = transport -> {
                far.made.complete(transport);
                throw new IllegalStateException("no start");
            };
            var pair = Pair.connect(new RecordingProtocol(), far);
            assertEquals("no start", await(far.lost).getMessage());
            await(pair.near().lost);
            return null;
        });
        assertEquals("no start", log.takeException().getMessage());
    }

    /** The other side has gone without a word: that is the protocol's business alone. */
    @Test
    void aResetIsToldToTheProtocolAndNotReported() throws Exception {
        Pair.run(pair -> {
            reset(pair.far().transport);
            assertInstanceOf(IOException.class, await(pair.near().lost));
        });
    }

    private static void reset(Transport transport) throws IOException {
        var channel = (SocketChannel) transport.getExtraInfo(ExtraInfo.CHANNEL);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        transport.abort();
    }

    @Test
    void anotherProtocolMayTakeOver() throws Exception {
        Pair.run(pair -> {
            var second = new RecordingProtocol();
            pair.near().transport.setProtocol(second);
            assertSame(second, pair.near().transport.getProtocol());
            pair.far().transport.write("x".getBytes());
            await(second.receivedAsync(1));
            assertEquals(List.of("made"), pair.near().events);
            assertThrows(
                    IllegalArgumentException.class, () -> pair.near().transport.setProtocol(new BaseProtocol() {}));
            pair.near().transport.setProtocol(pair.near());
        });
    }

    @Test
    void theTransportKnowsItsAddressesAndSendsSmallWritesAtOnce() throws Exception {
        Pair.run(pair -> {
            var near = pair.near().transport;
            var far = pair.far().transport;
            assertEquals(near.getExtraInfo(ExtraInfo.LOCAL_ADDRESS), far.getExtraInfo(ExtraInfo.PEER_ADDRESS));
            assertEquals(near.getExtraInfo(ExtraInfo.PEER_ADDRESS), far.getExtraInfo(ExtraInfo.LOCAL_ADDRESS));
            for (var transport : List.of(near, far)) {
                var channel = (SocketChannel) transport.getExtraInfo(ExtraInfo.CHANNEL);
                assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));
            }
        });
    }
}
