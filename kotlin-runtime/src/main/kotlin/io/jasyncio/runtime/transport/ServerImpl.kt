package io.jasyncio.runtime.transport

import io.jasyncio.EventLoop
import io.jasyncio.LoopFuture
import io.jasyncio.TaskOptions
import io.jasyncio.internal.net.ConnectionOwner
import io.jasyncio.internal.net.NetworkResource
import io.jasyncio.internal.net.tls.TlsTransport
import io.jasyncio.stream.Server
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.ServerOptions
import io.jasyncio.transport.Transport
import java.net.InetSocketAddress
import java.net.SocketAddress
import java.nio.channels.ServerSocketChannel
import java.util.function.Supplier

/** A server and its connections (S112-S115). Loop only. */
internal class ServerImpl private constructor(
    private val network: Network,
    channels: List<ServerSocketChannel>,
    factory: Supplier<out Protocol>,
    options: ServerOptions,
    private val beforeClose: () -> Unit,
) : Server,
    ConnectionOwner,
    NetworkResource {
    private val loop = network.loop
    private val acceptors = channels.map { Acceptor(network, it, options, factory, this) }
    private val addresses = channels.map { it.localAddress }
    private val clients = LinkedHashSet<Transport>()

    /** Those who wait for the end; all told at once. */
    private var waiters = LinkedHashSet<LoopFuture<Void?>>()
    private var forever: ServingForever? = null
    private var serving = false
    private var closed = false

    init {
        network.host.opened(this)
    }

    override fun getLoop(): EventLoop = loop

    override fun addresses(): List<SocketAddress> = if (closed) emptyList() else addresses

    override fun port(): Int {
        val first = addresses().firstOrNull()
        check(first is InetSocketAddress) { if (closed) "the server is closed" else "the server has no port, but listens on $first" }
        return first.port
    }

    // ---- Serving ---------------------------------------------------------------------------------------------------

    override fun isServing(): Boolean = serving

    override fun startServing() {
        requireLoop("startServing")
        check(!closed) { "the server is closed" }
        if (!serving) {
            serving = true
            acceptors.forEach(Acceptor::start)
        }
    }

    override fun serveForeverAsync(): LoopFuture<Void?> {
        requireLoop("serveForeverAsync")
        check(forever?.isDone != false) { "serveForeverAsync() was called before and has not ended: $this" }
        startServing()
        val serving = ServingForever(loop, this)
        forever = serving
        // A task, so that it is ended with all others when the program ends.
        return loop.createStageTask({ serving }, TaskOptions.named("serve forever").eager())
    }

    override fun attach(transport: Transport) {
        clients.add(transport)
    }

    override fun detach(transport: Transport) {
        clients.remove(transport)
        tellIfOver()
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    override fun isClosing(): Boolean = closed

    override fun close() {
        requireLoop("close")
        if (closed) {
            return
        }
        closed = true
        serving = false
        network.host.closed(this)
        release()
        forever?.serverClosed()
        tellIfOver()
    }

    override fun release() {
        beforeClose()
        acceptors.forEach(Acceptor::close)
    }

    override fun waitClosedAsync(): LoopFuture<Void?> {
        requireLoop("waitClosedAsync")
        val waiter = loop.createFuture<Void?>()
        waiters += waiter
        waiter.whenEnded { waiters.remove(waiter) }
        tellIfOver()
        return waiter
    }

    private fun tellIfOver() {
        if (closed && clients.isEmpty()) {
            val told = waiters
            waiters = LinkedHashSet()
            told.forEach { it.complete(null) }
        }
    }

    override fun closeClients() {
        requireLoop("closeClients")
        // A handler may have put TLS over its connection, which says goodbye before the connection ends.
        clients.toList().forEach { TlsTransport.topOf(it).close() }
    }

    override fun abortClients() {
        requireLoop("abortClients")
        clients.toList().forEach(Transport::abort)
    }

    private fun requireLoop(method: String) = loop.services().requireOwnThread(method)

    override fun toString(): String {
        val state = if (closed) {
            "closed"
        } else if (serving) {
            "serving"
        } else {
            "not serving"
        }
        return "Server[$addresses, $state, ${clients.size} connections]"
    }

    companion object {
        /**
         * A server on channels that listen already, which are its own from now on.
         *
         * @param beforeClose runs once, while the channels still listen
         */
        fun start(
            network: Network,
            channels: List<ServerSocketChannel>,
            factory: Supplier<out Protocol>,
            options: ServerOptions,
            beforeClose: () -> Unit = {},
        ): Server {
            val server = ServerImpl(network, channels, factory, options, beforeClose)
            try {
                if (options.startServing()) {
                    server.startServing()
                }
            } catch (failure: Throwable) {
                // The system may refuse one more channel in the selector.
                server.close()
                throw failure
            }
            return server
        }
    }
}
