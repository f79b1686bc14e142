package io.jasyncio.unix;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.Streams;
import io.jasyncio.transport.ServerOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server that sends everything back, and a client for it. */
final class UnixEcho {

    private UnixEcho() {}

    static Server serve(Path path) throws Exception {
        return serve(path, ServerOptions.DEFAULT);
    }

    static Server serve(Path path, ServerOptions options) throws Exception {
        return await(Streams.startUnixServer(
                (reader, writer) -> {
                    try (writer) {
                        writer.write(await(reader.readAsync()));
                        await(writer.drainAsync());
                    }
                },
                path,
                options,
                StreamReader.DEFAULT_LIMIT_BYTES));
    }

    /** Sends a text, and returns what comes back. */
    static String ask(Path path, String text) throws Exception {
        try (var connection = await(Streams.openUnixConnection(path))) {
            connection.writer().write(text);
            connection.writer().writeEof();
            return new String(await(connection.reader().readAsync()), StandardCharsets.UTF_8);
        }
    }

    /** A path with which no socket can be named. */
    static Path tooLong(Path folder) {
        return folder.resolve("x".repeat(120));
    }
}
