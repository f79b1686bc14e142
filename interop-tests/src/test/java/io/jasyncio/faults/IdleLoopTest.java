package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ReadTransport;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A loop whose connections have nothing to do must sleep, whatever state they are in (J4): an interest that is left on would
 * have the selector return for ever. Told by the CPU time of the loop's thread, which other processes do not change.
 */
@ExtendWith(AsyncioExtension.class)
class IdleLoopTest {

    private static final Duration IDLE = Duration.ofMillis(500);

    /** A loop that spins takes nearly all of the time, if it gets it. */
    private static final Duration MOST = Duration.ofMillis(150);

    @FunctionalInterface
    private interface Body {
        void run(RawClient client, StreamReader reader, StreamWriter writer) throws Exception;
    }

    private static void run(Body body) throws Exception {
        Asyncio.run(() -> {
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

    private static void requireSleep() throws Exception {
        // What has just begun comes to rest first.
        await(sleep(Duration.ofMillis(50)));
        var before = await(loopCpuNanos());
        await(sleep(IDLE));
        var taken = Duration.ofNanos(await(loopCpuNanos()) - before);
        assertTrue(taken.compareTo(MOST) < 0, () -> taken + " of CPU in " + IDLE);
    }

    /** In a callback, which unlike a task runs on the loop's own thread with every carrier. */
    private static LoopFuture<Long> loopCpuNanos() {
        var loop = EventLoop.current();
        var nanos = loop.<Long>createFuture();
        loop.callSoon(() -> nanos.complete(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()));
        return nanos;
    }

    @Test
    void anOpenConnection() throws Exception {
        run((client, reader, writer) -> {
            writer.write("hello");
            client.read(5);
            requireSleep();
        });
    }

    @Test
    void aConnectionWhoseOtherSideHasEndedItsHalf() throws Exception {
        run((client, reader, writer) -> {
            client.endOutput();
            await(reader.readAsync());
            requireSleep();
            assertFalse(writer.isClosing());
        });
    }

    @Test
    void aConnectionOfWhichBothHalvesHaveEnded() throws Exception {
        run((client, reader, writer) -> {
            client.endOutput();
            writer.writeEof();
            await(reader.readAsync());
            requireSleep();
        });
    }

    @Test
    void unreadBytesOfAReaderThatIsPaused() throws Exception {
        run((client, reader, writer) -> {
            ((ReadTransport) writer.transport()).pauseReading();
            client.send("unread");
            requireSleep();
        });
    }

    @Test
    void unreadBytesAndTheEndBehindThem() throws Exception {
        run((client, reader, writer) -> {
            ((ReadTransport) writer.transport()).pauseReading();
            client.send("unread");
            client.close();
            requireSleep();
        });
    }

    @Test
    void bytesThatThePeerDoesNotTake() throws Exception {
        run((client, reader, writer) -> {
            while (writer.transport().getWriteBufferSize() == 0) {
                writer.write(new byte[1_000_000]);
            }
            requireSleep();
        });
    }

    @Test
    void aCloseThatWaitsForAPeerThatDoesNotTakeTheRest() throws Exception {
        run((client, reader, writer) -> {
            while (writer.transport().getWriteBufferSize() == 0) {
                writer.write(new byte[1_000_000]);
            }
            writer.close();
            requireSleep();
        });
    }

    @Test
    void aConnectThatDoesNotComplete() throws Exception {
        Asyncio.run(() -> {
            try (var listener = ServerSocketChannel.open()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
                var waiting = FullBacklog.fill(listener);
                var connecting = createTask(() -> await(
                        Streams.openConnection("127.0.0.1", listener.socket().getLocalPort())));
                requireSleep();
                connecting.cancel();
                assertThrows(CancellationException.class, () -> await(connecting));
                for (var channel : waiting) {
                    channel.close();
                }
            }
        });
    }
}
