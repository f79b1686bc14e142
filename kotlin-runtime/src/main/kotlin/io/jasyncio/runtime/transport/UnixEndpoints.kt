package io.jasyncio.runtime.transport

import io.jasyncio.stream.Server
import io.jasyncio.transport.ConnectOptions
import io.jasyncio.transport.Connection
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.ServerOptions
import io.jasyncio.transport.Transport
import kotlinx.coroutines.delay
import java.net.BindException
import java.net.ConnectException
import java.net.SocketException
import java.net.StandardProtocolFamily
import java.net.UnixDomainSocketAddress
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.nio.charset.Charset
import java.nio.file.Path
import java.util.function.Supplier

/** Unix domain sockets, both ways (S116). Loop only. */
internal class UnixEndpoints(
    private val network: Network,
    private val establishing: Establishing,
) {
    // ---- Clients ---------------------------------------------------------------------------------------------------

    suspend fun <P : Protocol> connect(
        factory: Supplier<out P>,
        address: UnixDomainSocketAddress,
        options: ConnectOptions,
    ): Connection<Transport, P> = establishing.client(connected(address, options), factory, null, -1, options.tls())

    /**
     * A socket that does not block is refused while the server's backlog is full: there is no such thing as a pending connect
     * here. Nobody tells when there is room again, so it is tried again, after growing pauses, until the caller gives up.
     */
    private suspend fun connected(
        address: UnixDomainSocketAddress,
        options: ConnectOptions,
    ): SocketChannel {
        var pauseMillis = FIRST_PAUSE_MILLIS
        while (true) {
            try {
                return tryConnect(address, options)
            } catch (failure: SocketException) {
                if (!isBacklogFull(failure, address.path)) {
                    throw named(failure, address)
                }
            }
            delay(pauseMillis)
            pauseMillis = minOf(2 * pauseMillis, LONGEST_PAUSE_MILLIS)
        }
    }

    private fun tryConnect(
        address: UnixDomainSocketAddress,
        options: ConnectOptions,
    ): SocketChannel {
        val channel = SocketChannel.open(StandardProtocolFamily.UNIX)
        try {
            SocketPort.prepare(channel)
            options.applyTo(channel)
            channel.connect(address)
            return channel
        } catch (failure: Throwable) {
            channel.close()
            throw failure
        }
    }

    // ---- Servers ---------------------------------------------------------------------------------------------------

    fun listen(
        factory: Supplier<out Protocol>,
        address: UnixDomainSocketAddress,
        options: ServerOptions,
    ): Server {
        // What accepted connections are to be given must be wrong now, and not with each of them.
        SocketChannel.open(StandardProtocolFamily.UNIX).use(options::applyTo)
        val file = SocketFile(address.path)
        file.removeIfStale()
        val channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        try {
            channel.configureBlocking(false)
            channel.bind(address, options.backlog())
            file.remember()
        } catch (failure: SocketException) {
            channel.close()
            throw named(failure, address)
        } catch (failure: Throwable) {
            channel.close()
            throw failure
        }
        // Before the listener is closed: afterwards, a client could find the file and be connected to nobody.
        val beforeClose = if (options.socketFileCleanup()) file::removeIfOurs else ({})
        return ServerImpl.start(network, listOf(channel), factory, options, beforeClose)
    }

    companion object {
        private const val FIRST_PAUSE_MILLIS = 1L
        private const val LONGEST_PAUSE_MILLIS = 50L

        /** What the JDK lets through: two bytes less than the system's structure has room for. */
        private val MAX_PATH_BYTES = if (System.getProperty("os.name") == "Linux") 106 else 102

        /**
         * The address with this path.
         *
         * @throws IllegalArgumentException if the path is too long for a socket, or not one of the default file system
         */
        fun addressOf(path: Path): UnixDomainSocketAddress {
            val address = UnixDomainSocketAddress.of(path)
            val charset = System.getProperty("sun.jnu.encoding")?.let(Charset::forName) ?: Charset.defaultCharset()
            val length = path.toString().toByteArray(charset).size
            require(length <= MAX_PATH_BYTES) { "path is too long for a Unix domain socket, $length of $MAX_PATH_BYTES bytes: $path" }
            return address
        }

        /**
         * Java does not hand the system's error number on (`EAGAIN`), only its text, in the language of the machine. Of a file
         * that is a socket, nothing else comes in this class, but for a socket of another type.
         */
        fun isBacklogFull(
            failure: SocketException,
            path: Path,
        ): Boolean =
            failure.javaClass == SocketException::class.java &&
                SocketFile(path).isSocket() &&
                !failure.message.orEmpty().contains("wrong type")

        /** The system's own text does not say which file. */
        private fun named(
            failure: SocketException,
            address: UnixDomainSocketAddress,
        ): SocketException {
            val message = "${failure.message}: $address"
            val named =
                when (failure) {
                    is ConnectException -> ConnectException(message)
                    is BindException -> BindException(message)
                    else -> SocketException(message)
                }
            return named.apply { initCause(failure) }
        }
    }
}
