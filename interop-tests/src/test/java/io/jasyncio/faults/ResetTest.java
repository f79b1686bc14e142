package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The other side goes away in the middle, with a reset: whoever waits is told, once, and nobody else is concerned (S102, S104). */
@ExtendWith(AsyncioExtension.class)
class ResetTest {

    @FunctionalInterface
    private interface Body {
        void run(RawClient client, StreamReader reader, StreamWriter writer) throws Exception;
    }

    /** Runs a body with both ends of a connection. */
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
                            0,
                            SmallBuffers.of(ServerOptions.DEFAULT)));
                    var client = new RawClient(server.port());
                    var writer = await(accepted)) {
                body.run(client, readers[0], writer);
            }
        });
    }

    private static void broken(LoopFuture<?> wait) {
        assertThrows(IOException.class, () -> await(wait));
    }

    @Test
    void aReadThatWaitsFails() throws Exception {
        run((client, reader, writer) -> {
            var read = reader.readLineAsync();
            client.send("half a li");
            client.reset();
            broken(read);
            assertInstanceOf(IOException.class, reader.exception());
            assertFalse(reader.atEof());
        });
    }

    @Test
    void everyoneWhoWaitsFails() throws Exception {
        run((client, reader, writer) -> {
            writer.write(new byte[SmallBuffers.FAR_MORE]);
            var drain = writer.drainAsync();
            assertFalse(drain.isDone());
            var read = reader.readExactlyAsync(10);
            var another = writer.drainAsync();
            var closed = writer.waitClosedAsync();
            client.reset();
            broken(read);
            broken(drain);
            broken(another);
            broken(closed);
            assertEquals(0, writer.transport().getWriteBufferSize());
        });
    }

    @Test
    void whoComesLaterFailsToo() throws Exception {
        run((client, reader, writer) -> {
            client.reset();
            broken(writer.waitClosedAsync());
            assertTrue(writer.isClosing());
            broken(reader.readAsync(1));
            broken(reader.readLineAsync());
            broken(writer.drainAsync());
            broken(writer.waitClosedAsync());
        });
    }

    /** A circle of writes and drains must not go on for ever, although each write is silently dropped. */
    @Test
    void whoOnlyWritesIsToldToo() throws Exception {
        run((client, reader, writer) -> {
            var writing = createTask(() -> {
                while (true) {
                    writer.write("tick");
                    await(writer.drainAsync());
                    await(sleep(Duration.ZERO));
                }
            });
            client.reset();
            assertThrows(IOException.class, () -> await(writing));
        });
    }

    /** The same without a pass between: drain itself gives the loop one once the transport closes. */
    @Test
    void whoWritesAndDrainsWithoutRestSeesTheEnd() throws Exception {
        run((client, reader, writer) -> {
            writer.close();
            var writing = createTask(() -> {
                while (true) {
                    writer.write("tick");
                    await(writer.drainAsync());
                }
            });
            assertThrows(IOException.class, () -> await(writing));
        });
    }

    @Test
    void aReadThatWasGivenUpBeforeTheResetIsLeftAlone() throws Exception {
        run((client, reader, writer) -> {
            var read = reader.readAsync(1);
            read.cancel();
            client.reset();
            broken(writer.waitClosedAsync());
            assertThrows(CancellationException.class, () -> await(read));
        });
    }

    /** The handler of the connection that broke fails, which is reported; the next client is served. */
    @Test
    void aServerSurvivesItsClients(ErrorLog log) throws Exception {
        Asyncio.run(() -> {
            try (var server = await(Streams.startServer(
                    (reader, writer) -> {
                        try (writer) {
                            writer.write(await(reader.readLineAsync()));
                        }
                    },
                    "127.0.0.1",
                    0))) {
                for (var round = 0; round < 20; round++) {
                    try (var client = new RawClient(server.port())) {
                        client.send("half");
                        client.reset();
                    }
                }
                try (var client = new RawClient(server.port())) {
                    client.send("whole\n");
                    assertEquals("whole", client.readAll());
                }
                server.close();
                await(server.waitClosedAsync());
            }
        });
        // One that was reset before it was accepted may have got no handler.
        for (var message : log.takeMessages()) {
            assertTrue(message.startsWith("Unhandled exception in client_connected_cb"), message);
        }
    }
}
