package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.TaskOptions
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.stream.Server
import io.jasyncio.stream.StreamPair
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.stream.Streams
import io.jasyncio.transport.ConnectOptions
import io.jasyncio.transport.ServerOptions
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Connects to a host (asyncio's `open_connection`); see [Streams.openConnection]. A [StreamPair] comes apart:
 * `val (reader, writer) = openConnection(host, port)`.
 *
 * *Cancellation*: gives the attempt up.
 *
 * @param limitBytes the longest line, and half of what is kept unread
 * @throws java.io.IOException if there is no such host or nobody listens (S111)
 */
public suspend fun openConnection(
    host: String,
    port: Int,
    options: ConnectOptions = ConnectOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
): StreamPair = Streams.openConnection(host, port, options, limitBytes).await()

/** The reader, for `val (reader, writer) = ...`. */
public operator fun StreamPair.component1(): StreamReader = reader()

/** The writer, for `val (reader, writer) = ...`. */
public operator fun StreamPair.component2(): StreamWriter = writer()

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
): Server {
    val loop = EventLoop.current() as LoopRuntime
    return Streams
        .startTaskServer(
            { reader, writer -> loop.startTask(TaskOptions.DEFAULT, EmptyCoroutineContext) { handler(reader, writer) } },
            host,
            port,
            options,
            limitBytes,
        ).await()
}

/**
 * Accepts connections until this coroutine is cancelled or the server closed (S114): never returns normally.
 *
 * *Cancellation*: closes the server and waits for its connections.
 *
 * @throws IllegalStateException if the server is closed, or serves for ever already
 */
public suspend fun Server.serveForever() {
    serveForeverAsync().await()
}

/**
 * Waits until the server is closed and has no connections any more (S113).
 *
 * *Cancellation*: ends the wait alone.
 */
public suspend fun Server.waitClosed() {
    waitClosedAsync().await()
}

/**
 * Everything until the stream ends.
 *
 * *Cancellation* of this and all other reads: what has come is left for the next read (S101).
 *
 * @throws java.io.IOException if the connection breaks, as in all other reads
 */
public suspend fun StreamReader.read(): ByteArray = readAsync().await()

/** What there is, at least one byte and at most [maxBytes]; an empty array only at the end of the stream (S98). */
public suspend fun StreamReader.read(maxBytes: Int): ByteArray = readAsync(maxBytes).await()

/**
 * So many bytes.
 *
 * @throws io.jasyncio.stream.IncompleteReadException if the stream ends before
 */
public suspend fun StreamReader.readExactly(bytes: Int): ByteArray = readExactlyAsync(bytes).await()

/**
 * The next line as text without its end; null at the end of the stream. See [StreamReader.readLineAsync].
 *
 * @throws io.jasyncio.stream.LimitOverrunException if the line is longer than the limit; it is dropped (S100)
 */
public suspend fun StreamReader.readLine(): String? = readLineAsync().await()

/**
 * The bytes up to and with the separator that ends first (S99).
 *
 * @throws io.jasyncio.stream.IncompleteReadException if the stream ends before
 * @throws io.jasyncio.stream.LimitOverrunException if more than the limit comes before a separator; everything stays
 */
public suspend fun StreamReader.readUntil(vararg separators: ByteArray): ByteArray = readUntilAsync(*separators).await()

/** The lines that are left, until the end of the stream; asyncio's `async for`. To be collected once. */
public fun StreamReader.lines(): Flow<String> =
    flow {
        while (true) {
            emit(readLine() ?: return@flow)
        }
    }

/**
 * Waits until the transport takes more data (S104).
 *
 * *Cancellation*: ends the wait alone.
 *
 * @throws java.io.IOException if the connection broke or has ended
 */
public suspend fun StreamWriter.drain() {
    drainAsync().await()
}

/**
 * Waits until the connection has ended (S107).
 *
 * *Cancellation*: ends the wait alone.
 *
 * @throws java.io.IOException if it broke
 */
public suspend fun StreamWriter.waitClosed() {
    waitClosedAsync().await()
}
