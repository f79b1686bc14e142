package io.jasyncio.runtime.transport

import io.jasyncio.WorkFuture
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.stream.Server
import java.util.concurrent.CancellationException

/**
 * What never ends but by a cancel request or by the end of its server, and then as cancelled (S114). Loop only.
 *
 * A request closes the server and its connections, and waits for their end; another one does not wait any longer. asyncio left
 * the connections alone, so that a client that said nothing kept the program from ending, and does so no more (cpython #123720).
 */
internal class ServingForever(
    loop: LoopRuntime,
    private val server: Server,
) : WorkFuture<Void?>(loop) {
    private var message: String? = null
    private var waits = false

    override fun cancelWork(message: String?) {
        this.message = message
        if (waits) {
            end()
        } else {
            server.close()
            server.closeClients()
        }
    }

    /** The server was closed, by whomever. */
    fun serverClosed() {
        if (!isDone && !waits) {
            waits = true
            server.waitClosedAsync().addListener { end() }
        }
    }

    /** Does nothing if it has ended before. */
    private fun end() {
        completeExceptionally(CancellationException(message))
    }
}
