package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.TaskOptions
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.stream.Server
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.stream.Streams
import io.jasyncio.transport.ServerOptions
import kotlinx.coroutines.CoroutineScope
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
