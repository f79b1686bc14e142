package io.jasyncio.stream;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.internal.net.Opening;
import io.jasyncio.internal.net.ProcessInput;
import io.jasyncio.internal.net.ProcessOutput;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.BaseTransport;
import io.jasyncio.transport.Connection;
import io.jasyncio.transport.Transport;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Pipe;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** Streams over pipes, and over the process's own input and output. */
final class PipeStreams {

    private PipeStreams() {}

    static LoopFuture<StreamReader> reader(Pipe.SourceChannel pipe, int limitBytes) {
        Objects.requireNonNull(pipe, "pipe");
        return open(limitBytes, StreamPair::reader, (loop, factory) -> loop.connectReadPipe(factory, pipe));
    }

    static LoopFuture<StreamReader> reader(InputStream blocking, int limitBytes) {
        Objects.requireNonNull(blocking, "blocking");
        return open(limitBytes, StreamPair::reader, (loop, factory) -> loop.connectReadPipe(factory, blocking));
    }

    static LoopFuture<StreamWriter> writer(Pipe.SinkChannel pipe) {
        Objects.requireNonNull(pipe, "pipe");
        return open(1, StreamPair::writer, (loop, factory) -> loop.connectWritePipe(factory, pipe));
    }

    static LoopFuture<StreamWriter> writer(OutputStream blocking) {
        Objects.requireNonNull(blocking, "blocking");
        return open(1, StreamPair::writer, (loop, factory) -> loop.connectWritePipe(factory, blocking));
    }

    static LoopFuture<StreamReader> stdin() {
        EventLoop.current();
        return reader(ProcessInput.take(), StreamReader.DEFAULT_LIMIT_BYTES);
    }

    static LoopFuture<StreamWriter> stdout() {
        return writer(new ProcessOutput());
    }

    private static <S, T extends BaseTransport> LoopFuture<S> open(
            int limitBytes, Function<StreamPair, S> part, Connecting<T> connecting) {
        var loop = (LoopRuntime) EventLoop.current();
        var protocol = new StreamReaderProtocol(loop, limitBytes, null);
        // A pipe's transport is one for both directions, of which one refuses.
        return new Opening<>(
                connecting.connect(loop, () -> protocol),
                made -> part.apply(made.protocol().pair((Transport) made.transport())),
                made -> made.transport().close());
    }

    @FunctionalInterface
    private interface Connecting<T extends BaseTransport> {

        LoopFuture<Connection<T, StreamReaderProtocol>> connect(EventLoop loop, Supplier<StreamReaderProtocol> factory);
    }
}
