package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Slow readers and readers that never come: the writer stops, with a bounded amount of memory, and nothing is lost. */
@ExtendWith(AsyncioExtension.class)
class BackPressureTest {

    private static final int PIECE = 10_000;

    /** Far more than readers, transports and the system keep for two sockets whose buffers are small. */
    private static final int MOST = SmallBuffers.FAR_MORE;

    @FunctionalInterface
    private interface Body {
        void run(StreamReader reader, StreamWriter writer) throws Exception;
    }

    /** Runs a body with the reader of one side and the writer of the other one. */
    private static void run(Body body) throws Exception {
        Asyncio.run(() -> {
            var accepted = EventLoop.current().<StreamReader>createFuture();
            var serverOptions = SmallBuffers.of(ServerOptions.DEFAULT);
            var options = SmallBuffers.of(ConnectOptions.DEFAULT);
            try (var server = await(Streams.startServer(
                            (reader, writer) -> {
                                accepted.complete(reader);
                                await(writer.waitClosedAsync());
                            },
                            "127.0.0.1",
                            0,
                            serverOptions));
                    var client = await(Streams.openConnection("127.0.0.1", server.port(), options))) {
                body.run(await(accepted), client.writer());
                client.writer().transport().abort();
                server.abortClients();
                server.close();
                await(server.waitClosedAsync());
            }
        });
    }

    /** Writes until a drain would wait; returns how much that was. */
    private static int fill(StreamWriter writer) {
        var written = 0;
        var high = writer.transport().getWriteBufferLimits().highBytes();
        for (var kept = 0; kept <= high; kept = writer.transport().getWriteBufferSize()) {
            writer.write(new byte[PIECE]);
            written += PIECE;
        }
        return written;
    }

    /** The reader takes what it keeps unread, the sockets take theirs; then a drain waits for longer than any time. */
    private static int fillAll(StreamWriter writer) throws Exception {
        var written = 0;
        while (true) {
            written += fill(writer);
            var sofar = written;
            assertTrue(written < MOST, () -> sofar + " bytes went to a peer that does not read");
            var kept = writer.transport().getWriteBufferSize();
            assertTrue(kept <= 64 * 1024 + PIECE, () -> kept + " bytes are kept");
            try {
                await(waitFor(writer.drainAsync(), Duration.ofMillis(100)));
            } catch (TimeoutException stuck) {
                return written;
            }
        }
    }

    @Test
    void aPeerThatNeverReadsStopsTheWriterWithBoundedMemory() throws Exception {
        run((reader, writer) -> {
            var written = fillAll(writer);
            // When it reads after all, everything is there.
            assertEquals(written, await(reader.readExactlyAsync(written)).length);
            await(writer.drainAsync());
        });
    }

    @Test
    void aSlowReaderStopsAFastWriterAndGetsEverything() throws Exception {
        run((reader, writer) -> {
            var written = new int[1];
            var writing = createTask(() -> {
                for (var i = 0; i < 500; i++) {
                    writer.write(new byte[PIECE]);
                    written[0] += PIECE;
                    await(writer.drainAsync());
                }
                writer.writeEof();
            });
            for (var read = 0; read < 500 * PIECE; ) {
                read += await(reader.readAsync(1 + read % 30_000)).length;
                var ahead = written[0] - read;
                assertTrue(ahead < MOST, () -> "the writer is " + ahead + " bytes ahead");
            }
            await(writing);
            assertEquals(0, await(reader.readAsync(1)).length);
        });
    }

    @Test
    void aWriterThatGivesUpMayAbortAndIsNotKeptByWhatWaits() throws Exception {
        run((reader, writer) -> {
            fillAll(writer);
            assertFalse(writer.isClosing());
            writer.transport().abort();
            await(writer.waitClosedAsync());
        });
    }
}
