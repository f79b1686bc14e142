package io.jasyncio.peers;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;

/** Java in direct style. */
final class DirectFace implements Face {

    // ---- The service -----------------------------------------------------------------------------------------------

    @Override
    public LoopFuture<Server> serve() {
        return Streams.startServer(DirectFace::serve, "127.0.0.1", 0);
    }

    static void serve(StreamReader reader, StreamWriter writer) throws Exception {
        try (writer) {
            var wanted = await(reader.readLineAsync()).split(" ");
            switch (wanted[0]) {
                case "echo" -> serveEcho(reader, writer);
                case "lines" -> serveLines(reader, writer);
                case "digest" -> writer.write(Messages.digest(await(reader.readAsync())) + "\n");
                case "flood" -> serveFlood(reader, writer, Integer.parseInt(wanted[1]));
                case "reset" -> {
                    await(reader.readAsync(1));
                    Messages.reset(writer);
                }
                default -> throw new AssertionError(wanted[0]);
            }
        }
    }

    private static void serveEcho(StreamReader reader, StreamWriter writer) throws Exception {
        for (var data = await(reader.readAsync(65_536)); data.length > 0; data = await(reader.readAsync(65_536))) {
            writer.write(data);
            await(writer.drainAsync());
        }
    }

    private static void serveLines(StreamReader reader, StreamWriter writer) throws Exception {
        for (var line = await(reader.readLineAsync()); line != null; line = await(reader.readLineAsync())) {
            writer.write(line.toUpperCase(Locale.ROOT) + "\n");
            await(writer.drainAsync());
        }
    }

    private static void serveFlood(StreamReader reader, StreamWriter writer, int count) throws Exception {
        writer.write(Messages.pattern(count));
        await(writer.drainAsync());
        writer.writeEof();
        await(reader.readAsync());
    }

    // ---- The client ------------------------------------------------------------------------------------------------

    @Override
    public Task<?> ask(int port, String name) {
        return createTask(() -> {
            var connection = await(Streams.openConnection("127.0.0.1", port));
            try (connection) {
                ask(name, connection.reader(), connection.writer());
            }
            await(connection.writer().waitClosedAsync().handle((unused, reset) -> null));
        });
    }

    private static void ask(String name, StreamReader reader, StreamWriter writer) throws Exception {
        switch (name) {
            case "echo" -> askEcho(reader, writer);
            case "bytes" -> askBytes(reader, writer);
            case "lines" -> askLines(reader, writer);
            case "digest" -> askDigest(reader, writer);
            case "flood" -> askFlood(reader, writer);
            case "reset" -> {
                writer.write("reset\nx");
                assertThrows(IOException.class, () -> await(reader.readAsync()));
            }
            case "nothing" -> {
                writer.write("echo\nsome");
                await(reader.readExactlyAsync(4));
                Messages.reset(writer);
            }
            default -> throw new AssertionError(name);
        }
    }

    private static void askEcho(StreamReader reader, StreamWriter writer) throws Exception {
        writer.write("echo\n");
        for (var size : Messages.SIZES) {
            var message = Messages.pattern(size);
            writer.write(message);
            Messages.requireEqual(message, await(reader.readExactlyAsync(size)));
        }
        writer.writeEof();
        assertEquals(0, await(reader.readAsync()).length);
    }

    private static void askBytes(StreamReader reader, StreamWriter writer) throws Exception {
        writer.write("echo\n");
        for (var single : Messages.pattern(300)) {
            writer.write(new byte[] {single});
            await(writer.drainAsync());
            assertEquals(single, await(reader.readExactlyAsync(1))[0]);
        }
        writer.writeEof();
        assertEquals(0, await(reader.readAsync()).length);
    }

    private static void askLines(StreamReader reader, StreamWriter writer) throws Exception {
        writer.write("lines\n" + String.join("\n", Messages.lines()) + "\n");
        writer.writeEof();
        for (var line : Messages.lines()) {
            assertEquals(line.toUpperCase(Locale.ROOT), await(reader.readLineAsync()));
        }
        assertNull(await(reader.readLineAsync()));
    }

    private static void askDigest(StreamReader reader, StreamWriter writer) throws Exception {
        var data = Messages.pattern(1_000_000);
        writer.write("digest\n");
        for (var piece : Messages.pieces(data, 10_000)) {
            writer.write(piece);
            await(writer.drainAsync());
        }
        writer.writeEof();
        assertEquals(Messages.digest(data), await(reader.readLineAsync()));
    }

    private static void askFlood(StreamReader reader, StreamWriter writer) throws Exception {
        writer.write("flood " + Messages.FLOOD + "\n");
        var received = new ByteArrayOutputStream();
        for (var data = await(reader.readAsync(100_000)); data.length > 0; data = await(reader.readAsync(100_000))) {
            received.write(data);
        }
        Messages.requireEqual(Messages.pattern(Messages.FLOOD), received.toByteArray());
    }

    @Override
    public String toString() {
        return "direct style";
    }
}
