package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.CountedClock;
import io.jasyncio.kit.FullBacklog;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ReadTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A loop whose connections have nothing to do must sleep, whatever state they are in (J4): an interest that is left on would
 * have the selector return for ever.
 */
@ExtendWith(AsyncioExtension.class)
class IdleLoopTest {

    private static final Duration IDLE = Duration.ofMillis(500);

    private final CountedClock clock = new CountedClock();

    @FunctionalInterface
    private interface Body {
        void run(RawClient client, StreamReader reader, StreamWriter writer) throws Exception;
    }

    private void run(CoroutineAction body) throws Exception {
        try (var runner = new Runner(LoopOptions.defaults().withClock(clock))) {
            runner.run(body);
        }
    }

    private void connected(Body body) throws Exception {
        run(() -> {
            var accepted = EventLoop.current().<StreamWriter>createFuture();
            var readers = new StreamReader[1];
            try (var server = await(Streams.startServer(
                            (reader, writer) -> {
                                readers[0] = reader;
                                accepted.complete(writer);
                            },
                            "127.0.0.1",
                            0));
                    var client = new RawClient(server.port());
                    var writer = await(accepted)) {
                body.run(client, readers[0], writer);
                writer.transport().abort();
            }
        });
    }

    private void requireSleep() throws Exception {
        // What has just begun comes to rest first.
        await(sleep(Duration.ofMillis(50)));
        var before = clock.looks();
        await(sleep(IDLE));
        var looks = clock.looks() - before;
        assertTrue(looks < CountedClock.FEW, () -> "the loop looked " + looks + " times at its clock in " + IDLE);
    }

    @Test
    void anOpenConnection() throws Exception {
        connected((client, reader, writer) -> {
            writer.write("hello");
            client.read(5);
            requireSleep();
        });
    }

    @Test
    void aConnectionWhoseOtherSideHasEndedItsHalf() throws Exception {
        connected((client, reader, writer) -> {
            client.endOutput();
            await(reader.readAsync());
            requireSleep();
            assertFalse(writer.isClosing());
        });
    }

    @Test
    void aConnectionOfWhichBothHalvesHaveEnded() throws Exception {
        connected((client, reader, writer) -> {
            client.endOutput();
            writer.writeEof();
            await(reader.readAsync());
            requireSleep();
        });
    }

    @Test
    void unreadBytesOfAReaderThatIsPaused() throws Exception {
        connected((client, reader, writer) -> {
            ((ReadTransport) writer.transport()).pauseReading();
            client.send("unread");
            requireSleep();
        });
    }

    @Test
    void unreadBytesAndTheEndBehindThem() throws Exception {
        connected((client, reader, writer) -> {
            ((ReadTransport) writer.transport()).pauseReading();
            client.send("unread");
            client.close();
            requireSleep();
        });
    }

    @Test
    void bytesThatThePeerDoesNotTake() throws Exception {
        connected((client, reader, writer) -> {
            while (writer.transport().getWriteBufferSize() == 0) {
                writer.write(new byte[1_000_000]);
            }
            requireSleep();
        });
    }

    @Test
    void aCloseThatWaitsForAPeerThatDoesNotTakeTheRest() throws Exception {
        connected((client, reader, writer) -> {
            while (writer.transport().getWriteBufferSize() == 0) {
                writer.write(new byte[1_000_000]);
            }
            writer.close();
            requireSleep();
        });
    }

    @Test
    void aConnectThatDoesNotComplete() throws Exception {
        run(() -> {
            try (var full = FullBacklog.at(new InetSocketAddress("127.0.0.1", 0))) {
                var connecting = createTask(() -> await(Streams.openConnection("127.0.0.1", full.port())));
                requireSleep();
                connecting.cancel();
                assertThrows(CancellationException.class, () -> await(connecting));
            }
        });
    }
}
