package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.TaskOptions
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.stream.Server
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.stream.Streams
import io.jasyncio.transport.ServerOptions
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.withContext
import java.nio.channels.ServerSocketChannel
import java.nio.file.Path
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Listens, and runs [handler] for each connection as a task of its own (asyncio's `start_server`); see
 * [Streams.startServer]. A handler that fails is reported and its connection closed; one that returns leaves the connection
 * as it is, and so should close the writer (S110).
 *
 * *Cancellation*: gives up; nothing listens.
 *
 * @param host where to listen: each of its addresses; null or empty for all interfaces
 * @param port 0 for any; [Server.port] tells which
 * @throws java.net.BindException if the port is taken
 */
public suspend fun startServer(
    host: String?,
    port: Int,
    options: ServerOptions = ServerOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
    handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit,
): Server = Streams.startTaskServer(taskFor(handler), host, port, options, limitBytes).await()

/**
 * [startServer] on a bound socket, of TCP or of Unix; it is closed with the server.
 *
 * *Cancellation*: closes it.
 */
public suspend fun startServer(
    listening: ServerSocketChannel,
    options: ServerOptions = ServerOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
    handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit,
): Server = Streams.startTaskServer(taskFor(handler), listening, options, limitBytes).await()

/**
 * [startServer] on a Unix domain socket (asyncio's `start_unix_server`, S116).
 *
 * *Cancellation*: gives up; nothing listens.
 *
 * @throws java.net.BindException if somebody listens there, or the file is no socket
 */
public suspend fun startUnixServer(
    path: Path,
    options: ServerOptions = ServerOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
    handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit,
): Server = Streams.startTaskUnixServer(taskFor(handler), path, options, limitBytes).await()

private fun taskFor(handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit): (StreamReader, StreamWriter) -> Task<*> {
    val loop = EventLoop.current() as LoopRuntime
    return { reader, writer -> loop.startTask(TaskOptions.DEFAULT, EmptyCoroutineContext) { handler(reader, writer) } }
}

/**
 * Serves connections for as long as the server is open: a server under structured concurrency. Each connection is a task that
 * ends before this function does, and its coroutine context is the caller's.
 *
 * ```
 * serve("127.0.0.1", 7000) { reader, writer ->
 *     reader.lines().collect { writer.write(it + "\n"); writer.drain() }
 * }
 * ```
 *
 * A handler that returns has done with its connection, which is closed then; other than with [startServer]. One that fails
 * is reported to the loop's exception handler and its connection closed; the others go on (S110).
 *
 * `server.close()` inside of a handler, of [onServing] or elsewhere is the orderly end: no more connections are accepted,
 * and this returns when the last handler and the last connection have ended.
 *
 * *Cancellation*: closes the server, cancels the handlers, and waits for them and for their connections. What a handler left
 * unsent has 5 seconds to go out; then its connection is aborted.
 *
 * @param host where to listen: each of its addresses; null or empty for all interfaces
 * @param port 0 for any; [onServing] is told which
 * @param limitBytes the longest line, and half of what each connection keeps unread
 * @param onServing called once when connections are accepted; if it fails, this ends as if cancelled, and with that failure
 * @throws java.net.BindException if the port is taken
 */
public suspend fun serve(
    host: String?,
    port: Int,
    options: ServerOptions = ServerOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
    onServing: suspend (Server) -> Unit = {},
    handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit,
) {
    val serving = Serving(EventLoop.current() as LoopRuntime, currentCoroutineContext(), handler)
    serving.run(onServing) { Streams.startTaskServer(serving, host, port, options.withStartServing(false), limitBytes) }
}

/** [serve] on a bound socket, of TCP or of Unix; it is closed with the server. */
public suspend fun serve(
    listening: ServerSocketChannel,
    options: ServerOptions = ServerOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
    onServing: suspend (Server) -> Unit = {},
    handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit,
) {
    val serving = Serving(EventLoop.current() as LoopRuntime, currentCoroutineContext(), handler)
    serving.run(onServing) { Streams.startTaskServer(serving, listening, options.withStartServing(false), limitBytes) }
}

/**
 * [serve] on a Unix domain socket (S116).
 *
 * @throws java.net.BindException if somebody listens there, or the file is no socket
 */
public suspend fun serveUnix(
    path: Path,
    options: ServerOptions = ServerOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
    onServing: suspend (Server) -> Unit = {},
    handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit,
) {
    val serving = Serving(EventLoop.current() as LoopRuntime, currentCoroutineContext(), handler)
    serving.run(onServing) { Streams.startTaskUnixServer(serving, path, options.withStartServing(false), limitBytes) }
}

/**
 * Accepts connections until this coroutine is cancelled or the server closed (S114): never returns normally.
 *
 * *Cancellation*: closes the server and its connections, and waits for their end.
 *
 * @throws IllegalStateException if the server is closed, or serves for ever already
 */
public suspend fun Server.serveForever() {
    val serving = serveForeverAsync()
    try {
        serving.await()
    } finally {
        // A cancelled wait is over at once; what it has begun with that is not. Where the server was closed before, it has
        // begun nothing, and a connection that says nothing would hold this coroutine for ever.
        closeClients()
        withContext(NonCancellable) { waitClosed() }
    }
}

/**
 * Waits until the server is closed and has no connections any more (S113).
 *
 * *Cancellation*: ends the wait alone.
 */
public suspend fun Server.waitClosed() {
    waitClosedAsync().await()
}
