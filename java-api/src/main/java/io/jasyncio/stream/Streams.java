package io.jasyncio.stream;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.ServerOptions;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
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
     * looked up in the default executor.
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
        var loop = (LoopRuntime) EventLoop.current();
        var protocol = new StreamReaderProtocol(loop, limitBytes, null);
        return new OpenStream(loop, loop.createConnection(() -> protocol, host, port, options));
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
        Objects.requireNonNull(handler, "handler");
        var loop = EventLoop.current();
        return startTaskServer(
                (reader, writer) -> loop.createTask(() -> handler.handle(reader, writer)),
                host,
                port,
                options,
                limitBytes);
    }

    /** {@link #startServer(StreamHandler, String, int)} with a handler in stage style. */
    public static LoopFuture<Server> startStageServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            @Nullable String host,
            int port) {
        return startStageServer(handler, host, port, ServerOptions.DEFAULT, StreamReader.DEFAULT_LIMIT_BYTES);
    }

    /** The same with options and a limit. */
    public static LoopFuture<Server> startStageServer(
            BiFunction<? super StreamReader, ? super StreamWriter, ? extends CompletionStage<?>> handler,
            @Nullable String host,
            int port,
            ServerOptions options,
            int limitBytes) {
        Objects.requireNonNull(handler, "handler");
        var loop = EventLoop.current();
        return startTaskServer(
                (reader, writer) -> loop.createStageTask(() -> ofAnything(handler.apply(reader, writer))),
                host,
                port,
                options,
                limitBytes);
    }

    /** Nobody looks at the value of a handler's stage. A dependent stage would do too, but be harder to cancel. */
    @SuppressWarnings("unchecked")
    private static CompletionStage<@Nullable Object> ofAnything(CompletionStage<?> stage) {
        return (CompletionStage<@Nullable Object>) stage;
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
        Objects.requireNonNull(starter, "starter");
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("limitBytes must be positive: " + limitBytes);
        }
        var loop = EventLoop.current();
        return loop.createServer(() -> new StreamReaderProtocol(loop, limitBytes, starter), host, port, options);
    }
}
