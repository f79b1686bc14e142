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
public suspend fun StreamReader.read(): ByteArray = bytes(ReadRequest.all())

/** What there is, at least one byte and at most [maxBytes]; an empty array only at the end of the stream (S98). */
public suspend fun StreamReader.read(maxBytes: Int): ByteArray = bytes(ReadRequest.some(maxBytes))

/**
 * So many bytes.
 *
 * @throws io.jasyncio.stream.IncompleteReadException if the stream ends before
 */
public suspend fun StreamReader.readExactly(bytes: Int): ByteArray = bytes(ReadRequest.exactly(bytes))

/**
 * The next line as text without its end; null at the end of the stream. See [StreamReader.readLineAsync].
 *
 * @throws io.jasyncio.stream.LimitOverrunException if the line is longer than the limit; it is dropped (S100)
 */
public suspend fun StreamReader.readLine(): String? = line(ReadRequest.line())

/**
 * The bytes up to and with the separator that ends first (S99).
 *
 * @throws io.jasyncio.stream.IncompleteReadException if the stream ends before
 * @throws io.jasyncio.stream.LimitOverrunException if more than the limit comes before a separator; everything stays
 */
public suspend fun StreamReader.readUntil(vararg separators: ByteArray): ByteArray = bytes(ReadRequest.until(*separators))

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
public suspend fun StreamReader.more(): Boolean = more(ReadRequest.more())

// Apart for each type of result: what is generic here would cost a frame for each read.

private suspend fun StreamReader.bytes(request: ReadRequest<ByteArray>): ByteArray {
    val result = request.begin(this)
    return if (result === ReadRequest.NOT_YET) bytesLater(request) else result as ByteArray
}

/** In the coroutine itself: it takes the bytes at its turn, and there is no future. */
private suspend fun StreamReader.bytesLater(request: ReadRequest<ByteArray>): ByteArray {
    val waiter = waiterOf(coroutineContext) ?: return bytesElsewhere(request)
    return waiter.stand(request.line(this), TurnKind.read<ByteArray>(), request, this)
}

private suspend fun StreamReader.bytesElsewhere(request: ReadRequest<ByteArray>): ByteArray = request.future(this).await()

private suspend fun StreamReader.more(request: ReadRequest<Boolean>): Boolean {
    val result = request.begin(this)
    return if (result === ReadRequest.NOT_YET) moreLater(request) else result as Boolean
}

private suspend fun StreamReader.moreLater(request: ReadRequest<Boolean>): Boolean {
    val waiter = waiterOf(coroutineContext) ?: return moreElsewhere(request)
    return waiter.stand(request.line(this), TurnKind.read<Boolean>(), request, this)
}

private suspend fun StreamReader.moreElsewhere(request: ReadRequest<Boolean>): Boolean = request.future(this).await()

private suspend fun StreamReader.line(request: ReadRequest<String?>): String? {
    val result = request.begin(this)
    return if (result === ReadRequest.NOT_YET) lineLater(request) else result as String?
}

private suspend fun StreamReader.lineLater(request: ReadRequest<String?>): String? {
    val waiter = waiterOf(coroutineContext) ?: return lineElsewhere(request)
    return waiter.stand(request.line(this), TurnKind.read<String?>(), request, this)
}

private suspend fun StreamReader.lineElsewhere(request: ReadRequest<String?>): String? = request.future(this).await()
