package io.jasyncio.coroutines

import io.jasyncio.stream.StreamWriter
import io.jasyncio.transport.TlsOptions
import java.nio.channels.FileChannel

/**
 * Waits until the transport takes more data (S104).
 *
 * *Cancellation*: ends the wait alone.
 *
 * @throws java.io.IOException if the connection broke or has ended
 */
public suspend fun StreamWriter.drain() {
    val drained = drainAsync()
    if (!drained.isDone || drained.isCompletedExceptionally) {
        drained.awaitDone()
    }
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

/**
 * Makes the connection private (asyncio's `start_tls`); see [StreamWriter.startTlsAsync].
 *
 * *Cancellation*: ends the connection.
 *
 * @throws javax.net.ssl.SSLException if the handshake fails
 */
public suspend fun StreamWriter.startTls(tls: TlsOptions) {
    startTlsAsync(tls).await()
}

/**
 * Sends a part of a file; see [StreamWriter.sendFileAsync].
 *
 * *Cancellation*: stops; a part may have been sent.
 *
 * @return how many bytes were sent
 */
public suspend fun StreamWriter.sendFile(
    file: FileChannel,
    position: Long = 0,
    count: Long = -1,
): Long = sendFileAsync(file, position, count).await()
