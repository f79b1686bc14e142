package io.jasyncio.sendfile;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.SmallBuffers;
import io.jasyncio.tls.Keys;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.Pipe;
import java.nio.file.Files;

/** By what a file is sent. */
enum Road {
    TCP(true) {
        @Override
        void connect(Receiver near, Receiver far) throws Exception {
            var loop = EventLoop.current();
            try (var server = await(loop.createServer(() -> far, "127.0.0.1", 0, SERVING))) {
                await(loop.createConnection(() -> near, "127.0.0.1", server.port(), CONNECTING));
            }
        }
    },
    UNIX(true) {
        @Override
        void connect(Receiver near, Receiver far) throws Exception {
            var loop = EventLoop.current();
            var folder = Files.createTempDirectory("road");
            var path = folder.resolve("socket");
            try (var server = await(loop.createUnixServer(() -> far, path, SERVING))) {
                await(loop.createUnixConnection(() -> near, path, CONNECTING));
            }
            Files.delete(folder);
        }
    },
    PIPE(true) {
        @Override
        void connect(Receiver near, Receiver far) throws Exception {
            var pipe = Pipe.open();
            await(EventLoop.current().connectWritePipe(() -> near, pipe.sink()));
            await(EventLoop.current().connectReadPipe(() -> far, pipe.source()));
        }
    },
    TLS(false) {
        @Override
        void connect(Receiver near, Receiver far) throws Exception {
            var loop = EventLoop.current();
            var serving = SERVING.withTls(Keys.server());
            try (var server = await(loop.createServer(() -> far, "127.0.0.1", 0, serving))) {
                var options = CONNECTING.withTls(Keys.client());
                await(loop.createConnection(() -> near, "127.0.0.1", server.port(), options));
                await(far.made);
            }
        }
    },
    THREADS(false) {
        @Override
        void connect(Receiver near, Receiver far) throws Exception {
            var output = new PipedOutputStream();
            var input = new PipedInputStream(output, 64 * 1024);
            await(EventLoop.current().connectWritePipe(() -> near, output));
            await(EventLoop.current().connectReadPipe(() -> far, input));
        }
    };

    private static final ServerOptions SERVING = SmallBuffers.of(ServerOptions.DEFAULT);
    private static final ConnectOptions CONNECTING = SmallBuffers.of(ConnectOptions.DEFAULT);

    /** Whether the system does it alone. */
    final boolean isNative;

    Road(boolean isNative) {
        this.isNative = isNative;
    }

    abstract void connect(Receiver near, Receiver far) throws Exception;

    @FunctionalInterface
    interface Journey {
        void go(Receiver near, Receiver far) throws Exception;
    }

    /** Connects both ends, goes on the journey, and ends the connection. */
    void travel(Journey journey) throws Exception {
        Asyncio.run(() -> {
            var near = new Receiver();
            var far = new Receiver();
            connect(near, far);
            await(far.made);
            journey.go(near, far);
            near.transport.abort();
            far.transport.abort();
            await(near.lost);
            await(far.lost);
        });
    }
}
