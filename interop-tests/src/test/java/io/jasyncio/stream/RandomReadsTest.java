package io.jasyncio.stream;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.internal.net.MemoryPort;
import io.jasyncio.internal.net.StreamTransport;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.tls.Keys;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads of all kinds, some of them cancelled at any moment, from a writer of pieces of all sizes: every byte comes once, and
 * in its place. The seed that fails is part of the test's name.
 */
@ExtendWith(AsyncioExtension.class)
class RandomReadsTest {

    private static final int BYTES = 300_000;

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inMemory(long seed) throws Exception {
        Asyncio.run(() -> {
            var random = new Random(seed);
            var loop = (LoopRuntime) EventLoop.current();
            var host = new TransportHost(loop);
            var port = MemoryPort.pair(loop, 1 << (4 + random.nextInt(14)));
            var near = connect(host, port, 1000);
            var far = connect(host, port.peer(), limit(random));
            converse(near.writer(), far, random);
            assertEquals(0, host.buffers().inUse(), "there are buffers that nobody gave back");
        });
    }

    private static StreamPair connect(TransportHost host, MemoryPort port, int limit) throws Exception {
        var protocol = new StreamReaderProtocol(host.loop(), limit, null);
        var transport = new StreamTransport(host, port, protocol, null);
        var made = host.loop().createFuture();
        transport.start(() -> made.complete(null));
        await(made);
        return protocol.pair(transport);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void overTcp(long seed) throws Exception {
        overSockets(seed, ServerOptions.DEFAULT, ConnectOptions.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void overTls(long seed) throws Exception {
        overSockets(seed, ServerOptions.DEFAULT.withTls(Keys.server()), ConnectOptions.DEFAULT.withTls(Keys.client()));
    }

    private static void overSockets(long seed, ServerOptions serverOptions, ConnectOptions options) throws Exception {
        Asyncio.run(() -> {
            var random = new Random(seed);
            var accepted = EventLoop.current().<StreamWriter>createFuture();
            StreamHandler handler = (reader, writer) -> accepted.complete(writer);
            try (var server = await(Streams.startServer(handler, "127.0.0.1", 0, serverOptions))) {
                var far = await(Streams.openConnection("127.0.0.1", server.port(), options, limit(random)));
                converse(await(accepted), far, random);
                server.close();
                await(server.waitClosedAsync());
            }
        });
    }

    private static int limit(Random random) {
        return 100 + random.nextInt(1 << (4 + random.nextInt(14)));
    }

    private static void converse(StreamWriter writer, StreamPair far, Random random) throws Exception {
        var data = RandomReads.data(BYTES, random);
        var sending = createTask(() -> send(writer, data, new Random(random.nextLong())));
        new RandomReads(far.reader(), data, random).readAll();
        await(sending);
        far.close();
        await(far.writer().waitClosedAsync());
        await(writer.waitClosedAsync());
    }

    private static void send(StreamWriter writer, byte[] data, Random random) throws Exception {
        try (writer) {
            for (var at = 0; at < data.length; ) {
                var count = Math.min(data.length - at, 1 + random.nextInt(1 << random.nextInt(18)));
                writer.write(ByteBuffer.wrap(data, at, count));
                at += count;
                await(writer.drainAsync());
                for (var pass = random.nextInt(4); pass > 1; pass--) {
                    await(sleep(Duration.ZERO));
                }
            }
        }
    }
}
