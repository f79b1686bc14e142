package io.jasyncio.runtime.transport

import io.jasyncio.ErrorContext
import io.jasyncio.TimerHandle
import io.jasyncio.internal.net.EventContext
import io.jasyncio.internal.net.StreamTransport
import io.jasyncio.internal.net.tls.TlsTransport
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.ServerOptions
import java.io.IOException
import java.nio.channels.ClosedChannelException
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.time.Duration
import java.util.function.Supplier

/** Accepts the connections of one listening socket. Loop only. */
internal class Acceptor(
    private val network: Network,
    private val channel: ServerSocketChannel,
    private val options: ServerOptions,
    private val factory: Supplier<out Protocol>,
    private val server: ServerImpl,
) {
    private val loop = network.loop
    private val accept = EventContext().item("accept", server, ::acceptReady)
    private val watch = network.driver.watch(channel).also { it.owner = server }
    private var retry: TimerHandle? = null
    private var closed = false

    fun start() {
        watch.reader = accept
    }

    fun close() {
        closed = true
        retry?.cancel()
        watch.cancel()
        channel.close()
        // Until the next poll the selector would keep the port open, and clients would be connected to nobody (J3).
        network.driver.releaseClosed()
    }

    /** All that wait, but no more than the backlog at once: others want to run too (S115). */
    private fun acceptReady() {
        for (i in 1..options.backlog()) {
            if (closed) {
                return
            }
            val connection =
                try {
                    channel.accept() ?: return
                } catch (_: ClosedChannelException) {
                    // Whoever gave us the channel has closed it: there is nothing that could be tried again.
                    close()
                    return
                } catch (failure: IOException) {
                    pause(failure)
                    return
                }
            begin(connection)
        }
    }

    private fun begin(connection: SocketChannel) {
        try {
            val port = portOf(connection) ?: return
            serve(port, factory.get())
        } catch (failure: Throwable) {
            network.driver.watchOrNull(connection)?.cancel()
            connection.close()
            loop.callExceptionHandler(ErrorContext("Error on transport creation for incoming connection", failure, server))
        }
    }

    /** Null if the other side has gone already. */
    private fun portOf(connection: SocketChannel): SocketPort? =
        try {
            SocketPort.prepare(connection)
            options.applyTo(connection)
            SocketPort(network.driver, connection)
        } catch (_: IOException) {
            connection.close()
            null
        }

    /** With TLS the server counts the connection from its handshake on, so that nobody is forgotten at the end. */
    private fun serve(
        port: SocketPort,
        protocol: Protocol,
    ) {
        val tls = options.tls()
        if (tls == null) {
            StreamTransport(network.host, port, protocol, server).start {}
        } else {
            val encrypted = TlsTransport.server(network.host, protocol, tls, server)
            StreamTransport(network.host, port, encrypted.lowerProtocol(), null).start {}
        }
    }

    /**
     * The system has no room for another connection, the one reason why it refuses: Java tries again by itself if the other
     * side has given up meanwhile. The socket stays ready, so that accepting at once would be a busy loop.
     */
    private fun pause(failure: IOException) {
        watch.reader = null
        retry = loop.callLater(RETRY_DELAY, ::start)
        // At last, since whoever hears of it may close the server.
        loop.callExceptionHandler(ErrorContext("socket.accept() out of system resource", failure, server))
    }

    private companion object {
        val RETRY_DELAY: Duration = Duration.ofSeconds(1)
    }
}
