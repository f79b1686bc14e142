package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.SmallBuffers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a connection ends (S107), and what becomes of one that nobody ended (S130). */
@ExtendWith(AsyncioExtension.class)
class TransportEndTest {

    @Test
    void closeSendsWhatWaitsAndThenTellsTheProtocolOnce() throws Exception {
        Pair.run(pair -> {
            // More than the system can take while nobody reads.
            var written = pair.fill() + SmallBuffers.FAR_MORE;
            pair.near().transport.write(new byte[SmallBuffers.FAR_MORE]);
            pair.near().transport.close();
            pair.near().transport.close();
            assertTrue(pair.near().transport.isClosing());
            Pair.settle();
            assertFalse(pair.near().lost.isDone());
            pair.far().transport.resumeReading();
            assertNull(await(pair.near().lost));
            await(pair.far().lost);
            assertEquals(written, pair.far().received.length());
            Pair.settle();
            assertEquals(1, pair.events().stream().filter("lost"::equals).count());
        });
    }

    @Test
    void abortDropsWhatWaits() throws Exception {
        Pair.run(pair -> {
            pair.fill();
            pair.near().transport.abort();
            assertEquals(0, pair.near().transport.getWriteBufferSize());
            assertNull(await(pair.near().lost));
        });
    }

    @Test
    void anAbortOvertakesAClose() throws Exception {
        Pair.run(pair -> {
            pair.fill();
            pair.near().transport.close();
            pair.near().transport.abort();
            assertNull(await(pair.near().lost));
        });
    }

    @Test
    void theProtocolIsNeverToldFromWithinTheCall() throws Exception {
        Pair.run(pair -> {
            pair.near().transport.close();
            pair.far().transport.abort();
            assertEquals(List.of("made"), pair.events());
            assertEquals(List.of("made"), pair.far().events);
        });
    }

    @Test
    void dataThatComesAfterCloseIsNotHandedOn() throws Exception {
        Pair.run(pair -> {
            pair.far().transport.write("late".getBytes());
            pair.near().transport.close();
            await(pair.near().lost);
            assertEquals("", pair.near().received.toString());
        });
    }

    @Test
    void aFailureInConnectionLostIsReportedAndTheChannelClosedNevertheless(ErrorLog log) throws Exception {
        Pair.run(pair -> {
            var channel = pair.near().transport.getExtraInfo(ExtraInfo.CHANNEL);
            pair.near().transport.setProtocol(new RecordingProtocol() {
                @Override
                public void connectionLost(Exception exception) {
                    super.connectionLost(exception);
                    pair.near().lost.complete(exception);
                    throw new IllegalStateException("no end");
                }
            });
            pair.near().transport.close();
            await(pair.far().lost);
            assertEquals("no end", log.takeException().getMessage());
            assertFalse(channel.isOpen());
        });
    }

    @Test
    void aCallFromAForeignThreadIsRefused() throws Exception {
        Pair.run(pair -> {
            var elsewhere = CompletableFuture.supplyAsync(() -> assertThrows(
                    IllegalStateException.class, () -> pair.near().transport.write(new byte[1])));
            assertTrue(await(elsewhere).getMessage().contains("write() was called from thread"));
        });
    }

    @Test
    void whatNobodyClosedIsClosedWithItsLoopAndSaid(ErrorLog log) throws Exception {
        var pair = Asyncio.run(() -> Pair.connect(new RecordingProtocol(), new RecordingProtocol()));
        assertEquals(
                2,
                log.warnings().stream()
                        .filter(line -> line.startsWith("unclosed SocketTransport["))
                        .count());
        assertFalse(pair.near().transport.getExtraInfo(ExtraInfo.CHANNEL).isOpen());
        assertFalse(pair.far().lost.isDone());
    }

    @Test
    void aServerThatNobodyClosedIsClosedWithItsLoopAndSaid(ErrorLog log) throws Exception {
        var server = Asyncio.run(() ->
                await(EventLoop.current().createServer(RecordingProtocol::new, "127.0.0.1", 0, ServerOptions.DEFAULT)));
        assertEquals(
                1,
                log.warnings().stream()
                        .filter(line -> line.startsWith("unclosed Server["))
                        .count());
        server.close();
    }
}
