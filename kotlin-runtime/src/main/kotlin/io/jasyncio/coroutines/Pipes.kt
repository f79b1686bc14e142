package io.jasyncio.coroutines

import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.stream.Streams
import java.io.InputStream
import java.io.OutputStream
import java.nio.channels.Pipe

/**
 * A reader of a pipe, which is closed at its end; see [io.jasyncio.LoopNetwork.connectReadPipe].
 *
 * *Cancellation* of this and all below: closes the pipe.
 */
public suspend fun openReadPipe(pipe: Pipe.SourceChannel): StreamReader = Streams.openReadPipe(pipe).await()

/** A reader of a blocking stream, by means of a thread. The stream is closed at its end. */
public suspend fun openReadPipe(blocking: InputStream): StreamReader = Streams.openReadPipe(blocking).await()

/** A writer of a pipe, which is closed with it. */
public suspend fun openWritePipe(pipe: Pipe.SinkChannel): StreamWriter = Streams.openWritePipe(pipe).await()

/** A writer of a blocking stream, by means of a thread. The stream is closed with it. */
public suspend fun openWritePipe(blocking: OutputStream): StreamWriter = Streams.openWritePipe(blocking).await()

/**
 * What the process gets as its standard input. Once per process: two readers would share the bytes, and the input is closed
 * at its end or with the loop.
 *
 * @throws IllegalStateException if it was opened before
 */
public suspend fun stdin(): StreamReader = Streams.stdin().await()

/** Where the process writes its standard output. Closing the writer sends what is buffered, and leaves the output open. */
public suspend fun stdout(): StreamWriter = Streams.stdout().await()
