package io.jasyncio.stream;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.internal.net.Opening;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.Connection;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.Transport;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections and servers with streams to read and write (asyncio's module {@code streams}).
 *
 * <p>A server that answers each line, and a client:
 *
 * <pre>{@code
 * var server = await(Streams.startServer((reader, writer) -> {
 *     try (writer) {
 *         String line;
 *         while ((line = await(reader.readLineAsync())) != null) {
 *             writer.write(line.toUpperCase() + "\n");
 *             await(writer.drainAsync());
 *         }
 *     }
 * }, "127.0.0.1", 0));
 *
 * try (var connection = await(Streams.openConnection("127.0.0.1", server.port()))) {
 *     connection.writer().write("hello\n");
 *     System.out.println(await(connection.reader().readLineAsync()));
 * }
 * }</pre>
 *
 * <p>Thread rule: for code that a loop runs; an {@link IllegalStateException} elsewhere.
 */
public final class Streams {

    private Streams() {}

    // ---- Client ----------------------------------------------------------------------------------------------------

    /**
     * Connects to a host (asyncio's {@code open_connection}). All addresses of the host are tried in turn; names are
     * looked up in threads of their own.
     *
     * <p>Fails with an {@link java.io.IOException}: a {@link java.net.UnknownHostException} if there is no such host, a
     * {@link java.net.ConnectException} if nobody listens (S111).
     *
     * <p><b>Cancellation</b>: gives the attempt up. A connection that stands already is closed.
     */
    public static LoopFuture<StreamPair> openConnection(String host, int port) {
        return openConnection(host, port, ConnectOptions.DEFAULT);
    }

    /** The same with options. */
    public static LoopFuture<StreamPair> openConnection(String host, int port, ConnectOptions options) {
        return openConnection(host, port, options, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /**
     * The same with a limit.
     *
     * @param limitBytes the longest line, and half of what is kept unread
     */
    public static LoopFuture<StreamPair> openConnection(String host, int port, ConnectOptions options, int limitBytes) {
        return open(limitBytes, (loop, factory) -> loop.createConnection(factory, host, port, options));
    }

    /** Takes a connected socket, of TCP or of Unix; it is closed with the streams. */
    public static LoopFuture<StreamPair> openConnection(SocketChannel connected) {
        return openConnection(connected, ConnectOptions.DEFAULT, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /**
     * The same with options and a limit.
     *
     * @param options of which TLS and socket options count
     */
    public static LoopFuture<StreamPair> openConnection(
            SocketChannel connected, ConnectOptions options, int limitBytes) {
        return open(limitBytes, (loop, factory) -> loop.createConnection(factory, connected, options));
    }

    /** Connects to a Unix domain socket (asyncio's {@code open_unix_connection}); else as {@link #openConnection(String, int)}. */
    public static LoopFuture<StreamPair> openUnixConnection(Path path) {
        return openUnixConnection(path, ConnectOptions.DEFAULT, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options. */
    public static LoopFuture<StreamPair> openUnixConnection(Path path, ConnectOptions options) {
        return openUnixConnection(path, options, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options and a limit. */
    public static LoopFuture<StreamPair> openUnixConnection(Path path, ConnectOptions options, int limitBytes) {
        return open(limitBytes, (loop, factory) -> loop.createUnixConnection(factory, path, options));
    }

    private static LoopFuture<StreamPair> open(int limitBytes, Connecting connecting) {
        var loop = (LoopRuntime) EventLoop.current();
        var protocol = new StreamReaderProtocol(loop, limitBytes, null);
        return new Opening<>(
                connecting.connect(loop, () -> protocol),
                made -> made.protocol().pair(made.transport()),
                made -> made.transport().abort());
    }

    @FunctionalInterface
    private interface Connecting {

        LoopFuture<Connection<Transport, StreamReaderProtocol>> connect(
                EventLoop loop, Supplier<StreamReaderProtocol> factory);
    }

    // ---- Server ----------------------------------------------------------------------------------------------------

    /**
     * Listens, and runs a handler in direct style for each connection, as a task of its own (asyncio's
     * {@code start_server}).
     *
     * <p>A handler that fails is reported to the loop's exception handler and its connection closed; one that is cancelled
     * has its connection closed; one that returns leaves the connection as it is, and so should close the writer (S110).
     *
     * <p>Fails with an {@link java.io.IOException}: a {@link java.net.BindException} if the port is taken.
     *
     * <p><b>Cancellation</b>: gives up; nothing listens.
     *
     * @param host where to listen: each of its addresses; null or empty for all interfaces
     * @param port 0 for any; {@link Server#port} tells which
     */
    public static LoopFuture<Server> startServer(StreamHandler handler, @Nullable String host, int port) {
        return startServer(handler, host, port, ServerOptions.DEFAULT);
    }

    /** The same with options. */
    public static LoopFuture<Server> startServer(
            StreamHandler handler, @Nullable String host, int port, ServerOptions options) {
        return startServer(handler, host, port, options, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /**
     * The same with a limit.
     *
     * @param limitBytes the longest line, and half of what each connection keeps unread
     */
    public static LoopFuture<Server> startServer(
            StreamHandler handler, @Nullable String host, int port, ServerOptions options, int limitBytes) {
        return startTaskServer(direct(handler), host, port, options, limitBytes);
    }

    /**
     * Serves a bound socket, of TCP or of Unix, which is closed with the server; else as
     * {@link #startServer(StreamHandler, String, int)}.
     */
    public static LoopFuture<Server> startServer(StreamHandler handler, ServerSocketChannel listening) {
        return startServer(handler, listening, ServerOptions.DEFAULT, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options and a limit. */
    public static LoopFuture<Server> startServer(
            StreamHandler handler, ServerSocketChannel listening, ServerOptions options, int limitBytes) {
        return startTaskServer(direct(handler), listening, options, limitBytes);
    }

    /** {@link #startServer(StreamHandler, String, int)} with a handler in stage style. */
    public static LoopFuture<Server> startStageServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            @Nullable String host,
            int port) {
        return startStageServer(handler, host, port, ServerOptions.DEFAULT);
    }

    /** The same with options. */
    public static LoopFuture<Server> startStageServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            @Nullable String host,
            int port,
            ServerOptions options) {
        return startStageServer(handler, host, port, options, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options and a limit. */
    public static LoopFuture<Server> startStageServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            @Nullable String host,
            int port,
            ServerOptions options,
            int limitBytes) {
        return startTaskServer(stage(handler), host, port, options, limitBytes);
    }

    /** {@link #startServer(StreamHandler, ServerSocketChannel)} with a handler in stage style. */
    public static LoopFuture<Server> startStageServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            ServerSocketChannel listening) {
        return startStageServer(handler, listening, ServerOptions.DEFAULT, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options and a limit. */
    public static LoopFuture<Server> startStageServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            ServerSocketChannel listening,
            ServerOptions options,
            int limitBytes) {
        return startTaskServer(stage(handler), listening, options, limitBytes);
    }

    /**
     * The most general form: the caller starts the task that serves a connection, of whatever kind.
     *
     * @param starter called by the loop for each connection, as a plain callback
     */
    public static LoopFuture<Server> startTaskServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends Task<?>> starter,
            @Nullable String host,
            int port,
            ServerOptions options,
            int limitBytes) {
        return EventLoop.current().createServer(protocols(starter, limitBytes), host, port, options);
    }

    /** {@link #startTaskServer} on a bound socket, of TCP or of Unix; it is closed with the server. */
    public static LoopFuture<Server> startTaskServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends Task<?>> starter,
            ServerSocketChannel listening,
            ServerOptions options,
            int limitBytes) {
        return EventLoop.current().createServer(protocols(starter, limitBytes), listening, options);
    }

    /** Listens on a Unix domain socket (asyncio's {@code start_unix_server}); else as {@link #startServer(StreamHandler, String, int)}. */
    public static LoopFuture<Server> startUnixServer(StreamHandler handler, Path path) {
        return startUnixServer(handler, path, ServerOptions.DEFAULT, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options. */
    public static LoopFuture<Server> startUnixServer(StreamHandler handler, Path path, ServerOptions options) {
        return startUnixServer(handler, path, options, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options and a limit. */
    public static LoopFuture<Server> startUnixServer(
            StreamHandler handler, Path path, ServerOptions options, int limitBytes) {
        return startTaskUnixServer(direct(handler), path, options, limitBytes);
    }

    /** {@link #startUnixServer(StreamHandler, Path)} with a handler in stage style. */
    public static LoopFuture<Server> startStageUnixServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler, Path path) {
        return startStageUnixServer(handler, path, ServerOptions.DEFAULT);
    }

    /** The same with options. */
    public static LoopFuture<Server> startStageUnixServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            Path path,
            ServerOptions options) {
        return startStageUnixServer(handler, path, options, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options and a limit. */
    public static LoopFuture<Server> startStageUnixServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            Path path,
            ServerOptions options,
            int limitBytes) {
        return startTaskUnixServer(stage(handler), path, options, limitBytes);
    }

    /** {@link #startTaskServer} on a Unix domain socket. */
    public static LoopFuture<Server> startTaskUnixServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends Task<?>> starter,
            Path path,
            ServerOptions options,
            int limitBytes) {
        return EventLoop.current().createUnixServer(protocols(starter, limitBytes), path, options);
    }

    private static BiFunction<StreamReader, StreamWriter, Task<?>> direct(StreamHandler handler) {
        Objects.requireNonNull(handler, "handler");
        var loop = EventLoop.current();
        return (reader, writer) -> loop.createTask(() -> handler.handle(reader, writer));
    }

    private static BiFunction<StreamReader, StreamWriter, Task<?>> stage(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler) {
        Objects.requireNonNull(handler, "handler");
        var loop = EventLoop.current();
        return (reader, writer) -> loop.createStageTask(() -> ofAnything(handler.apply(reader, writer)));
    }

    /** Nobody looks at the value of a handler's stage. A dependent stage would do too, but be harder to cancel. */
    @SuppressWarnings("unchecked")
    private static CompletionStage<@Nullable Object> ofAnything(CompletionStage<?> stage) {
        return (CompletionStage<@Nullable Object>) stage;
    }

    private static Supplier<StreamReaderProtocol> protocols(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends Task<?>> starter, int limitBytes) {
        Objects.requireNonNull(starter, "starter");
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("limitBytes must be positive: " + limitBytes);
        }
        var loop = EventLoop.current();
        return () -> new StreamReaderProtocol(loop, limitBytes, starter);
    }

    // ---- Pipes -----------------------------------------------------------------------------------------------------

    /** A reader of a pipe, which is closed at its end; see {@link io.jasyncio.LoopNetwork#connectReadPipe}. */
    public static LoopFuture<StreamReader> openReadPipe(Pipe.SourceChannel pipe) {
        return PipeStreams.reader(pipe, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** A reader of a blocking stream, by means of a thread. */
    public static LoopFuture<StreamReader> openReadPipe(InputStream blocking) {
        return PipeStreams.reader(blocking, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** A writer of a pipe, which is closed with it. */
    public static LoopFuture<StreamWriter> openWritePipe(Pipe.SinkChannel pipe) {
        return PipeStreams.writer(pipe);
    }

    /** A writer of a blocking stream, by means of a thread. The stream is closed with it. */
    public static LoopFuture<StreamWriter> openWritePipe(OutputStream blocking) {
        return PipeStreams.writer(blocking);
    }

    /**
     * What the process gets as its standard input. Once per process: two readers would share the bytes, and the input is closed at
     * its end or with the loop.
     *
     * @throws IllegalStateException if it was opened before
     */
    public static LoopFuture<StreamReader> stdin() {
        return PipeStreams.stdin();
    }

    /** Where the process writes its standard output. Closing the writer sends what is buffered, and leaves the output open. */
    public static LoopFuture<StreamWriter> stdout() {
        return PipeStreams.stdout();
    }
}
