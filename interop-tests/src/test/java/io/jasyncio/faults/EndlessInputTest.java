package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ChildJvm;
import io.jasyncio.peers.Peer;
import io.jasyncio.stream.LimitOverrunException;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Peers that send without end, to a server whose heap is a small part of that: memory stays bounded, or one connection ends. */
@ExtendWith(AsyncioExtension.class)
class EndlessInputTest {

    private static final String HEAP = "-Xmx24m";

    private static final int MEGABYTES = 200;

    private Peer server;

    @BeforeEach
    void startServer() throws IOException {
        server = Peer.of(ChildJvm.of(Server.class).option(HEAP, "-XX:MaxDirectMemorySize=8m"));
    }

    @AfterEach
    void endServer() {
        server.close();
    }

    private RawClient client() throws Exception {
        return new RawClient(Integer.parseInt(await(server.line("port ")).substring(5)));
    }

    private static void sendMuch(RawClient client) throws Exception {
        var piece = "x".repeat(1_000_000).getBytes();
        await(toThread(() -> {
            for (var i = 0; i < MEGABYTES; i++) {
                client.send(piece);
            }
        }));
    }

    private void requireService() throws Exception {
        try (var other = client()) {
            other.send("echo\nhello\n");
            other.endOutput();
            assertEquals("hello\n", other.readAll());
        }
    }

    @Test
    void anEndlessLineIsDroppedPieceByPiece() throws Exception {
        Asyncio.run(() -> {
            try (var client = client()) {
                client.send("lines\n");
                sendMuch(client);
                client.send("\nlast\n");
                client.endOutput();
                var answer = client.readAll();
                assertTrue(answer.endsWith(" too long, last"), answer);
                // Each error stands for twice the limit at most, and a read.
                assertTrue(Integer.parseInt(answer.split(" ")[0]) > MEGABYTES, answer);
            }
            requireService();
        });
    }

    @Test
    void aSeparatorThatNeverComesIsAnErrorSoon() throws Exception {
        Asyncio.run(() -> {
            try (var client = client()) {
                client.send("until\n");
                // The server says so and goes: sending ends with its reset, long before everything is sent.
                assertThrows(IOException.class, () -> sendMuch(client));
            }
            await(server.line("until: too long"));
            requireService();
        });
    }

    /** The server writes as long as drain lets it, which is not long. */
    @Test
    void aPeerThatNeverReadsCostsNoMemory() throws Exception {
        Asyncio.run(() -> {
            try (var client = client()) {
                client.send("flood\n");
                await(server.line("flood: stuck"));
                requireService();
                client.reset();
            }
            await(server.line("flood: over"));
            requireService();
        });
    }

    /** Reading everything is unbounded by design. What has no room ends that connection, and nobody else's. */
    @Test
    void whoReadsEverythingRunsOutOfMemoryAlone() throws Exception {
        Asyncio.run(() -> {
            try (var client = client()) {
                client.send("all\n");
                assertThrows(IOException.class, () -> sendMuch(client));
            }
            requireService();
        });
    }

    /** Each service is named by a client's first line. */
    static final class Server {

        private Server() {}

        public static void main(String[] arguments) throws Exception {
            Asyncio.run(() -> {
                var server = await(Streams.startServer(Server::serve, "127.0.0.1", 0));
                System.out.println("port " + server.port());
                await(server.serveForeverAsync());
            });
        }

        private static void serve(StreamReader reader, StreamWriter writer) throws Exception {
            try (writer) {
                switch (await(reader.readLineAsync())) {
                    case "echo" ->
                        await(Lines.echo(reader, writer, EventLoop.current().createFuture()));
                    case "lines" -> dropLongLines(reader, writer);
                    case "until" -> {
                        assertThrows(LimitOverrunException.class, () -> await(reader.readUntilAsync("END".getBytes())));
                        System.out.println("until: too long");
                    }
                    case "flood" -> flood(writer);
                    case "all" -> await(reader.readAsync());
                    default -> throw new AssertionError();
                }
            }
        }

        private static void dropLongLines(StreamReader reader, StreamWriter writer) throws Exception {
            var tooLong = 0;
            for (var line = ""; line != null; ) {
                try {
                    line = await(reader.readLineAsync());
                    if ("last".equals(line)) {
                        writer.write(tooLong + " too long, last");
                    }
                } catch (LimitOverrunException overrun) {
                    tooLong++;
                }
            }
        }

        private static void flood(StreamWriter writer) throws Exception {
            try {
                while (true) {
                    writer.write(new byte[100_000]);
                    LoopFuture<?> drain = writer.drainAsync();
                    if (!drain.isDone()) {
                        System.out.println("flood: stuck");
                    }
                    await(drain);
                }
            } catch (IOException gone) {
                System.out.println("flood: over");
            }
        }
    }
}
