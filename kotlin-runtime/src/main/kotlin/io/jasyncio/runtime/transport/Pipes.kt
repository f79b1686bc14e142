package io.jasyncio.runtime.transport

import io.jasyncio.internal.net.BytePort
import io.jasyncio.internal.net.ProcessInput
import io.jasyncio.internal.net.ProcessOutput
import io.jasyncio.internal.net.StreamTransport
import io.jasyncio.internal.net.ThreadedSink
import io.jasyncio.internal.net.ThreadedSource
import io.jasyncio.transport.Connection
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.ReadTransport
import io.jasyncio.transport.WriteTransport
import kotlinx.coroutines.suspendCancellableCoroutine
import java.io.InputStream
import java.io.OutputStream
import java.nio.channels.Pipe
import java.util.function.Supplier
import kotlin.coroutines.cancellation.CancellationException
import kotlin.coroutines.resume

/** Transports of pipes, and of blocking streams by means of a thread. Loop only. */
internal class Pipes(
    private val network: Network,
) {
    suspend fun <P : Protocol> read(
        factory: Supplier<out P>,
        pipe: Pipe.SourceChannel,
    ): Connection<ReadTransport, P> {
        pipe.configureBlocking(false)
        val (transport, protocol) = started(SourcePort(network.driver, pipe), factory)
        return Connection(transport, protocol)
    }

    suspend fun <P : Protocol> read(
        factory: Supplier<out P>,
        blocking: InputStream,
    ): Connection<ReadTransport, P> {
        val (transport, protocol) = started(ThreadedSource(network.loop, blocking, blocking is ProcessInput), factory)
        return Connection(transport, protocol)
    }

    suspend fun <P : Protocol> write(
        factory: Supplier<out P>,
        pipe: Pipe.SinkChannel,
    ): Connection<WriteTransport, P> {
        pipe.configureBlocking(false)
        val (transport, protocol) = started(SinkPort(network.driver, pipe), factory)
        return Connection(transport, protocol)
    }

    suspend fun <P : Protocol> write(
        factory: Supplier<out P>,
        blocking: OutputStream,
    ): Connection<WriteTransport, P> {
        val (transport, protocol) = started(ThreadedSink(network.loop, blocking, blocking is ProcessOutput), factory)
        return Connection(transport, protocol)
    }

    /** The pipe is ours from the call on: it is closed if nothing comes of it. */
    private suspend fun <P : Protocol> started(
        port: BytePort,
        factory: Supplier<out P>,
    ): Pair<StreamTransport, P> {
        val protocol =
            try {
                factory.get()
            } catch (failure: Throwable) {
                port.release()
                throw failure
            }
        val transport = StreamTransport(network.host, port, protocol, null)
        try {
            suspendCancellableCoroutine<Unit> { continuation -> transport.start { continuation.resume(Unit) } }
        } catch (cancelled: CancellationException) {
            transport.abort()
            throw cancelled
        }
        return transport to protocol
    }
}
