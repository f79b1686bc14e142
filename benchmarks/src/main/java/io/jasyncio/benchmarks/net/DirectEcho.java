package io.jasyncio.benchmarks.net;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.run;

import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import java.util.function.IntConsumer;

/** Our streams in direct style. */
final class DirectEcho implements EchoServer {

    private final StreamHandler handler;

    private DirectEcho(StreamHandler handler) {
        this.handler = handler;
    }

    /** Reads arrays. */
    static EchoServer ofArrays() {
        return new DirectEcho(DirectEcho::echoArrays);
    }

    /** Reads nothing: writes what the reader has, from where it is. */
    static EchoServer ofViews() {
        return new DirectEcho(DirectEcho::echoViews);
    }

    @Override
    public void serve(IntConsumer listening) throws Exception {
        run(() -> {
            var server = await(Streams.startServer(handler, HOST, 0, EchoTls.serverOptions()));
            listening.accept(server.port());
            await(server.serveForeverAsync());
        });
    }

    private static void echoArrays(StreamReader reader, StreamWriter writer) throws Exception {
        byte[] data;
        while ((data = await(reader.readAsync(READ_BYTES))).length > 0) {
            writer.write(data);
            await(writer.drainAsync());
        }
        writer.close();
    }

    private static void echoViews(StreamReader reader, StreamWriter writer) throws Exception {
        while (await(reader.moreAsync())) {
            var data = reader.view();
            var bytes = data.remaining();
            writer.write(data);
            reader.skip(bytes);
            await(writer.drainAsync());
        }
        writer.close();
    }
}
