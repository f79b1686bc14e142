package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.IncompleteReadException;
import io.jasyncio.stream.LimitOverrunException;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A peer that sends one byte at a time, ends in the middle, or sends what no program expects. */
@ExtendWith(AsyncioExtension.class)
class SlowPeerTest {

    @FunctionalInterface
    private interface Body {
        void run(RawClient client) throws Exception;
    }

    private static void serve(StreamHandler handler, Body body) throws Exception {
        Asyncio.run(() -> {
            StreamHandler closing = (reader, writer) -> {
                try (writer) {
                    handler.handle(reader, writer);
                }
            };
            try (var server = await(Streams.startServer(closing, "127.0.0.1", 0, ServerOptions.DEFAULT, 1000));
                    var client = new RawClient(server.port())) {
                body.run(client);
            }
        });
    }

    private static void sendSlowly(RawClient client, String text) throws Exception {
        for (var single : text.getBytes()) {
            client.send(new byte[] {single});
            // Lets the loop read it before the next one is sent.
            await(Asyncio.sleep(Duration.ZERO));
        }
    }

    @Test
    void everyKindOfReadPutsSingleBytesTogether() throws Exception {
        serve(
                (reader, writer) -> {
                    var line = await(reader.readLineAsync());
                    var until = new String(await(reader.readUntilAsync("END".getBytes(), "STOP".getBytes())));
                    var exactly = new String(await(reader.readExactlyAsync(10)));
                    writer.write(String.join("|", line, until, exactly));
                },
                client -> {
                    sendSlowly(client, "a line\r\nEN ENENDexactly it");
                    assertEquals("a line|EN ENEND|exactly it", client.readAll());
                });
    }

    @Test
    void anEndInTheMiddleSaysWhatThereWas() throws Exception {
        serve(
                (reader, writer) -> {
                    var incomplete =
                            assertThrows(IncompleteReadException.class, () -> await(reader.readExactlyAsync(100)));
                    assertArrayEquals("half".getBytes(), incomplete.partial());
                    assertNull(await(reader.readLineAsync()));
                    writer.write("told");
                },
                client -> {
                    sendSlowly(client, "half");
                    client.endOutput();
                    assertEquals("told", client.readAll());
                });
    }

    /** Each overrun is an error of that read; the lines that fit are read all the same. */
    @Test
    void longLinesFailOneByOne() throws Exception {
        var seen = new ArrayList<String>();
        serve(
                (reader, writer) -> {
                    while (true) {
                        try {
                            var line = await(reader.readLineAsync());
                            if (line == null) {
                                return;
                            }
                            seen.add(line.length() > 10 ? "rest" : line);
                        } catch (LimitOverrunException tooLong) {
                            seen.add("too long");
                        }
                    }
                },
                client -> {
                    client.send("one\n" + "x".repeat(900) + "\ntwo\n");
                    await(Asyncio.sleep(Duration.ZERO));
                    client.send("y".repeat(1100) + "\n");
                    client.send("three\n");
                    client.endOutput();
                    assertEquals("", client.readAll());
                });
        assertEquals("one", seen.get(0));
        assertEquals(List.of("rest", "two"), seen.subList(1, 3));
        assertEquals("too long", seen.get(3));
        assertEquals("three", seen.get(seen.size() - 1));
    }

    @Test
    void bytesThatAreNoTextAreStillLines() throws Exception {
        serve(
                (reader, writer) -> {
                    assertEquals("\u0000\u0001", await(reader.readLineAsync()));
                    assertEquals("\uFFFD\uFFFDA", await(reader.readLineAsync()));
                    assertEquals("", await(reader.readLineAsync()));
                    writer.write("fine");
                },
                client -> {
                    client.send(new byte[] {0, 1, '\n', (byte) 0xFF, (byte) 0xC0, 'A', '\n', '\r', '\n'});
                    assertEquals("fine", client.readAll());
                });
    }

    @Test
    void aPeerThatSaysNothingGetsNothingAndEndsRegularly() throws Exception {
        serve((reader, writer) -> assertNull(await(reader.readLineAsync())), client -> {
            client.endOutput();
            assertEquals("", client.readAll());
        });
    }
}
