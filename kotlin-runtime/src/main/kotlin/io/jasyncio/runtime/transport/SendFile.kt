package io.jasyncio.runtime.transport

import io.jasyncio.LoopFuture
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.transport.Transport
import java.nio.channels.FileChannel

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
    ): LoopFuture<Long> = throw UnsupportedOperationException()
}
