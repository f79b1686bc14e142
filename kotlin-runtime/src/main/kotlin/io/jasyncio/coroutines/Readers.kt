package io.jasyncio.coroutines

import io.jasyncio.stream.StreamReader
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

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
 * Waits until [StreamReader.view] shows more than now: true; or until the stream ends: false. For parsers.
 *
 * @throws io.jasyncio.stream.LimitOverrunException if there is more than twice the limit already
 */
public suspend fun StreamReader.more(): Boolean = moreAsync().await()
