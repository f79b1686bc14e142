package io.jasyncio.transport;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.SmallBuffers;
import java.util.List;

/**
 * Two protocols that are connected to each other on the loopback interface.
 *
 * @param near the side that the test looks at
 * @param far the other side
 */
record Pair(RecordingProtocol near, RecordingProtocol far) {

    @FunctionalInterface
    interface Body {
        void run(Pair pair) throws Exception;
    }

    /** Connects two protocols, runs a body, and ends the connection and the loop. */
    static void run(Body body) throws Exception {
        Asyncio.run(() -> {
            var pair = connect(new RecordingProtocol(), new RecordingProtocol());
            body.run(pair);
            pair.near.transport.abort();
            pair.far.transport.abort();
            await(pair.near.lost);
            await(pair.far.lost);
            return null;
        });
    }

    static Pair connect(RecordingProtocol near, RecordingProtocol far) throws Exception {
        var loop = EventLoop.current();
        var options = SmallBuffers.of(ServerOptions.DEFAULT);
        try (var server = await(loop.createServer(() -> far, "127.0.0.1", 0, options))) {
            await(loop.createConnection(
                    () -> near, "127.0.0.1", server.port(), SmallBuffers.of(ConnectOptions.DEFAULT)));
            await(far.made);
        }
        return new Pair(near, far);
    }

    /** Lets both sides and the loop do all that they have to: a byte there and back on a connection of its own. */
    static void settle() throws Exception {
        var other = connect(new RecordingProtocol(), new RecordingProtocol());
        for (var round = 1; round <= 5; round++) {
            other.near.transport.write(new byte[1]);
            await(other.far.receivedAsync(round));
            other.far.transport.write(new byte[1]);
            await(other.near.receivedAsync(round));
        }
        other.near.transport.close();
        await(other.far.lost);
    }

    /** Writes to a side that does not read until something has to wait here. Returns how many bytes that took. */
    int fill() {
        far.transport.pauseReading();
        var written = 0;
        while (near.transport.getWriteBufferSize() == 0) {
            near.transport.write(new byte[50_000]);
            written += 50_000;
        }
        return written;
    }

    List<String> events() {
        return near.events;
    }
}
