package io.jasyncio.runtime.transport

import io.jasyncio.LoopFuture
import io.jasyncio.TaskOptions
import io.jasyncio.coroutines.startTask
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.spi.Networking
import io.jasyncio.stream.Server
import io.jasyncio.transport.ConnectOptions
import io.jasyncio.transport.Connection
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.ServerOptions
import java.nio.ByteBuffer
import java.util.function.Supplier
import kotlin.coroutines.EmptyCoroutineContext

/** What all connections of one loop share. Loop only. */
internal class Network(
    val loop: LoopRuntime,
    val driver: IoDriver,
) : Networking {
    private val resources = LinkedHashSet<NetworkResource>()

    /**
     * Where every connection reads into. One for all, since it is empty again before the next one is read (J13); direct,
     * so that the bytes go from the system to the reader's own array with a single copy between.
     */
    val readBuffer: ByteBuffer by lazy(LazyThreadSafetyMode.NONE) { ByteBuffer.allocateDirect(BUFFER_BYTES) }

    /** Where bytes from arrays are gathered on their way out. Without it, the JDK would keep such a buffer per thread. */
    val writeBuffer: ByteBuffer by lazy(LazyThreadSafetyMode.NONE) { ByteBuffer.allocateDirect(BUFFER_BYTES) }

    override fun <P : Protocol> connect(
        protocolFactory: Supplier<out P>,
        host: String,
        port: Int,
        options: ConnectOptions,
    ): LoopFuture<Connection<P>> {
        requirePort(port)
        val task =
            loop.startTask(TaskOptions("connect to $host:$port", null, true), EmptyCoroutineContext) {
                Connector(this@Network, options).connect(protocolFactory, host, port)
            }
        return Opening(loop, task) { it.transport().abort() }
    }

    override fun listen(
        protocolFactory: Supplier<out Protocol>,
        host: String?,
        port: Int,
        options: ServerOptions,
    ): LoopFuture<Server> {
        requirePort(port)
        val task =
            loop.startTask(TaskOptions("listen on ${host ?: "all interfaces"}:$port", null, true), EmptyCoroutineContext) {
                Listening(this@Network, options).start(protocolFactory, host, port)
            }
        return Opening(loop, task) { it.close() }
    }

    private fun requirePort(port: Int) {
        require(port in 0..MAX_PORT) { "port must be between 0 and $MAX_PORT: $port" }
    }

    fun opened(resource: NetworkResource) {
        resources.add(resource)
    }

    fun closed(resource: NetworkResource) {
        resources.remove(resource)
    }

    /** The loop is closed: whatever is still open would keep its file descriptor until some garbage collection (S130). */
    fun close() {
        val left = resources.toList()
        resources.clear()
        for (resource in left) {
            if (!resource.isClosing()) {
                loop.services().logWarning("unclosed $resource")
            }
            resource.release()
        }
    }

    companion object {
        private const val BUFFER_BYTES = 128 * 1024
        private const val MAX_PORT = 65_535
        val LOG: System.Logger = System.getLogger("io.jasyncio")
    }
}

/** Something with a channel that must be closed some day. */
internal interface NetworkResource {
    /** Whether its end has been asked for. */
    fun isClosing(): Boolean

    /** Closes the channel and tells nobody, since the loop is closed. */
    fun release()
}
