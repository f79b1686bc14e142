package io.jasyncio.runtime.transport

import io.jasyncio.LoopFuture
import io.jasyncio.TaskOptions
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.startTask
import io.jasyncio.internal.net.FilePieces
import io.jasyncio.internal.net.FileSending
import io.jasyncio.internal.net.StreamTransport
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.transport.SendfileNotAvailableException
import io.jasyncio.transport.Transport
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import kotlin.coroutines.EmptyCoroutineContext

/** Sends files over transports. Loop only. */
internal class SendFile(
    private val loop: LoopRuntime,
) {
    fun send(
        transport: Transport,
        file: FileChannel,
        position: Long,
        count: Long,
        fallback: Boolean,
    ): LoopFuture<Long> {
        check(!transport.isClosing) { "cannot send a file, the transport is closing: $transport" }
        FilePieces.requireNone(transport.protocol, "sendFile")
        val sending = FileSending(loop, file, position, count)
        if (transport is StreamTransport) {
            try {
                if (transport.send(sending)) return sending
            } catch (unreadable: IOException) {
                return loop.services().failed(unreadable)
            }
        }
        if (!fallback) {
            return loop.services().failed(SendfileNotAvailableException("the system cannot send files over $transport"))
        }
        return loop.startTask(TaskOptions("send a file", null, true), EmptyCoroutineContext) {
            sendPieces(transport, file, position, count)
        }
    }

    /** Reads in other threads, since a disk may be slow, and never further ahead than one piece. */
    private suspend fun sendPieces(
        transport: Transport,
        file: FileChannel,
        position: Long,
        count: Long,
    ): Long {
        val pieces = FilePieces(loop, transport)
        try {
            pieces.sentAsync().await()
            val piece = ByteBuffer.allocate(PIECE_BYTES)
            var sent = 0L
            while (count < 0 || sent < count) {
                piece.clear()
                if (count in 0 until sent + PIECE_BYTES) piece.limit((count - sent).toInt())
                val read = loop.runInExecutor(null) { file.read(piece, position + sent) }.await()
                if (read < 0) break
                pieces.write(piece.flip())
                sent += read
                pieces.sentAsync().await()
            }
            return sent
        } finally {
            pieces.end()
        }
    }

    private companion object {
        const val PIECE_BYTES = 256 * 1024
    }
}
