package io.jasyncio.coroutines

import io.jasyncio.runtime.wait.TurnKind
import io.jasyncio.runtime.wait.stand
import io.jasyncio.runtime.wait.waiterOf
import io.jasyncio.stream.ReadRequest
import io.jasyncio.stream.StreamReader
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.coroutines.coroutineContext

/**
 * Everything until the stream ends.
 *
 * *Cancellation* of this and all other reads: what has come is left for the next read (S101).
 *
 * @throws java.io.IOException if the connection breaks, as in all other reads
 */
public suspend fun StreamReader.read(): ByteArray = bytes(ReadRequest.all(this))

/** What there is, at least one byte and at most [maxBytes]; an empty array only at the end of the stream (S98). */
public suspend fun StreamReader.read(maxBytes: Int): ByteArray = bytes(ReadRequest.some(this, maxBytes))

/**
 * So many bytes.
 *
 * @throws io.jasyncio.stream.IncompleteReadException if the stream ends before
 */
public suspend fun StreamReader.readExactly(bytes: Int): ByteArray = bytes(ReadRequest.exactly(this, bytes))

/**
 * The next line as text without its end; null at the end of the stream. See [StreamReader.readLineAsync].
 *
 * @throws io.jasyncio.stream.LimitOverrunException if the line is longer than the limit; it is dropped (S100)
 */
public suspend fun StreamReader.readLine(): String? = line(ReadRequest.line(this))

/**
 * The bytes up to and with the separator that ends first (S99).
 *
 * @throws io.jasyncio.stream.IncompleteReadException if the stream ends before
 * @throws io.jasyncio.stream.LimitOverrunException if more than the limit comes before a separator; everything stays
 */
public suspend fun StreamReader.readUntil(vararg separators: ByteArray): ByteArray = bytes(ReadRequest.until(this, *separators))

/** The lines that are left, until the end of the stream; asyncio's `async for`. To be collected once. */
public fun StreamReader.lines(): Flow<String> =
    flow {
        while (true) {
            emit(readLine() ?: return@flow)
        }
    }

/** What comes, in pieces of at most [maxBytes], until the end of the stream. To be collected once. */
public fun StreamReader.chunks(maxBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES): Flow<ByteArray> {
    require(maxBytes > 0) { "maxBytes must be positive: $maxBytes" }
    return flow {
        while (true) {
            val chunk = read(maxBytes)
            if (chunk.isEmpty()) {
                return@flow
            }
            emit(chunk)
        }
    }
}

/**
 * Waits until [StreamReader.view] shows more than now: true; or until the stream ends: false. For parsers.
 *
 * @throws io.jasyncio.stream.LimitOverrunException if there is more than twice the limit already
 */
public suspend fun StreamReader.more(): Boolean = more(ReadRequest.more(this))

// Apart for each type of result: what is generic here would cost a frame for each read.

private suspend fun bytes(request: ReadRequest<ByteArray>): ByteArray {
    val result = request.begin()
    return if (result === ReadRequest.NOT_YET) bytesLater(request) else result as ByteArray
}

/** In the coroutine itself: it takes the bytes at its turn, and there is no future. */
private suspend fun bytesLater(request: ReadRequest<ByteArray>): ByteArray {
    val waiter = waiterOf(coroutineContext) ?: return bytesElsewhere(request)
    return waiter.stand(request.line(), TurnKind.read<ByteArray>(), request)
}

private suspend fun bytesElsewhere(request: ReadRequest<ByteArray>): ByteArray = request.future().await()

private suspend fun more(request: ReadRequest<Boolean>): Boolean {
    val result = request.begin()
    return if (result === ReadRequest.NOT_YET) moreLater(request) else result as Boolean
}

private suspend fun moreLater(request: ReadRequest<Boolean>): Boolean {
    val waiter = waiterOf(coroutineContext) ?: return moreElsewhere(request)
    return waiter.stand(request.line(), TurnKind.read<Boolean>(), request)
}

private suspend fun moreElsewhere(request: ReadRequest<Boolean>): Boolean = request.future().await()

private suspend fun line(request: ReadRequest<String?>): String? {
    val result = request.begin()
    return if (result === ReadRequest.NOT_YET) lineLater(request) else result as String?
}

private suspend fun lineLater(request: ReadRequest<String?>): String? {
    val waiter = waiterOf(coroutineContext) ?: return lineElsewhere(request)
    return waiter.stand(request.line(), TurnKind.read<String?>(), request)
}

private suspend fun lineElsewhere(request: ReadRequest<String?>): String? = request.future().await()
