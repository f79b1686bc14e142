package io.jasyncio.runtime.transport

import io.jasyncio.LoopFuture
import io.jasyncio.LoopNetwork
import io.jasyncio.TaskOptions
import io.jasyncio.coroutines.startTask
import io.jasyncio.internal.net.Opening
import io.jasyncio.internal.net.TransportHost
import io.jasyncio.internal.net.tls.TlsTransport
import io.jasyncio.runtime.io.IoDriver
import io.jasyncio.spi.LoopRuntime
import io.jasyncio.stream.Server
import io.jasyncio.transport.ConnectOptions
import io.jasyncio.transport.Connection
import io.jasyncio.transport.DatagramOptions
import io.jasyncio.transport.DatagramProtocol
import io.jasyncio.transport.DatagramTransport
import io.jasyncio.transport.Protocol
import io.jasyncio.transport.ReadTransport
import io.jasyncio.transport.ServerOptions
import io.jasyncio.transport.TlsOptions
import io.jasyncio.transport.Transport
import io.jasyncio.transport.WriteTransport
import java.io.InputStream
import java.io.OutputStream
import java.net.InetSocketAddress
import java.nio.channels.FileChannel
import java.nio.channels.Pipe
import java.nio.channels.SelectableChannel
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.nio.file.Path
import java.util.function.Supplier
import kotlin.coroutines.EmptyCoroutineContext

/**
 * The network of a loop: checks what it is called with and hands it on to the part that knows. Loop only.
 *
 * A loop is made of its network, and a network belongs to a loop; so the loop names itself with [attach] afterwards.
 */
internal class Network(
    val driver: IoDriver,
) : LoopNetwork {
    lateinit var host: TransportHost
        private set
    val loop: LoopRuntime get() = host.loop()

    private val lazyNames = lazy(LazyThreadSafetyMode.NONE) { Names(loop) }
    val names by lazyNames
    private val establishing by lazy(LazyThreadSafetyMode.NONE) { Establishing(this) }
    private val unix by lazy(LazyThreadSafetyMode.NONE) { UnixEndpoints(this, establishing) }
    private val datagrams by lazy(LazyThreadSafetyMode.NONE) { Datagrams(this) }
    private val pipes by lazy(LazyThreadSafetyMode.NONE) { Pipes(this) }

    fun attach(loop: LoopRuntime) {
        host = TransportHost(loop)
    }

    /** The loop is closed. */
    fun close() {
        host.close()
        if (lazyNames.isInitialized()) names.close()
    }

    // ---- Clients ---------------------------------------------------------------------------------------------------

    override fun <P : Protocol> createConnection(
        protocolFactory: Supplier<out P>,
        host: String,
        port: Int,
        options: ConnectOptions,
    ): LoopFuture<Connection<Transport, P>> {
        requireUsable("createConnection")
        requireHost(host)
        requirePort(port)
        return opening("connect to $host:$port") {
            establishing.client(TcpConnecting(this, options).connect(host, port), protocolFactory, host, port, options.tls())
        }
    }

    override fun <P : Protocol> createConnection(
        protocolFactory: Supplier<out P>,
        connected: SocketChannel,
        options: ConnectOptions,
    ): LoopFuture<Connection<Transport, P>> {
        requireUsable("createConnection")
        requireConnected(connected)
        requireServerHostname(options.tls())
        return opening("take $connected") {
            establishing.prepare(connected, options::applyTo)
            establishing.client(connected, protocolFactory, null, -1, options.tls())
        }
    }

    override fun <P : Protocol> createUnixConnection(
        protocolFactory: Supplier<out P>,
        path: Path,
        options: ConnectOptions,
    ): LoopFuture<Connection<Transport, P>> {
        requireUsable("createUnixConnection")
        requireServerHostname(options.tls())
        val address = UnixEndpoints.addressOf(path)
        return opening("connect to $path") { unix.connect(protocolFactory, address, options) }
    }

    override fun <P : Protocol> connectAcceptedChannel(
        protocolFactory: Supplier<out P>,
        accepted: SocketChannel,
        tls: TlsOptions?,
    ): LoopFuture<Connection<Transport, P>> {
        requireUsable("connectAcceptedChannel")
        requireConnected(accepted)
        return opening("serve $accepted") {
            establishing.prepare(accepted) { }
            establishing.server(accepted, protocolFactory, tls)
        }
    }

    override fun startTls(
        transport: Transport,
        protocol: Protocol,
        tls: TlsOptions,
        serverSide: Boolean,
    ): LoopFuture<Transport> {
        requireUsable("startTls")
        return establishing.startTls(transport, protocol, tls, serverSide)
    }

    // ---- Servers ---------------------------------------------------------------------------------------------------

    override fun createServer(
        protocolFactory: Supplier<out Protocol>,
        host: String?,
        port: Int,
        options: ServerOptions,
    ): LoopFuture<Server> {
        requireUsable("createServer")
        requirePort(port)
        return listening("listen on ${host ?: "all interfaces"}:$port") {
            val channels = TcpListening(this, options).open(host, port)
            ServerImpl.start(this, channels, protocolFactory, options)
        }
    }

    override fun createServer(
        protocolFactory: Supplier<out Protocol>,
        listening: ServerSocketChannel,
        options: ServerOptions,
    ): LoopFuture<Server> {
        requireUsable("createServer")
        require(listening.isOpen && listening.localAddress != null) { "the channel is not bound: $listening" }
        requireNotUsed(listening)
        return listening("listen on $listening") {
            try {
                listening.configureBlocking(false)
                ServerImpl.start(this, listOf(listening), protocolFactory, options)
            } catch (failure: Throwable) {
                listening.close()
                throw failure
            }
        }
    }

    override fun createUnixServer(
        protocolFactory: Supplier<out Protocol>,
        path: Path,
        options: ServerOptions,
    ): LoopFuture<Server> {
        requireUsable("createUnixServer")
        val address = UnixEndpoints.addressOf(path)
        return listening("listen on $path") { unix.listen(protocolFactory, address, options) }
    }

    // ---- Datagrams and pipes ---------------------------------------------------------------------------------------

    override fun <P : DatagramProtocol> createDatagramEndpoint(
        protocolFactory: Supplier<out P>,
        options: DatagramOptions,
    ): LoopFuture<Connection<DatagramTransport, P>> {
        requireUsable("createDatagramEndpoint")
        options.channel()?.let(::requireNotUsed)
        return opened("open a datagram endpoint", { it.transport().abort() }) { datagrams.open(protocolFactory, options) }
    }

    override fun <P : Protocol> connectReadPipe(
        protocolFactory: Supplier<out P>,
        pipe: Pipe.SourceChannel,
    ): LoopFuture<Connection<ReadTransport, P>> {
        requireUsable("connectReadPipe")
        requireNotUsed(pipe)
        return closing("read from a pipe") { pipes.read(protocolFactory, pipe) }
    }

    override fun <P : Protocol> connectReadPipe(
        protocolFactory: Supplier<out P>,
        blocking: InputStream,
    ): LoopFuture<Connection<ReadTransport, P>> {
        requireUsable("connectReadPipe")
        return closing("read from a stream") { pipes.read(protocolFactory, blocking) }
    }

    override fun <P : Protocol> connectWritePipe(
        protocolFactory: Supplier<out P>,
        pipe: Pipe.SinkChannel,
    ): LoopFuture<Connection<WriteTransport, P>> {
        requireUsable("connectWritePipe")
        requireNotUsed(pipe)
        return closing("write to a pipe") { pipes.write(protocolFactory, pipe) }
    }

    override fun <P : Protocol> connectWritePipe(
        protocolFactory: Supplier<out P>,
        blocking: OutputStream,
    ): LoopFuture<Connection<WriteTransport, P>> {
        requireUsable("connectWritePipe")
        return closing("write to a stream") { pipes.write(protocolFactory, blocking) }
    }

    // ---- Files and names -------------------------------------------------------------------------------------------

    override fun sendFile(
        transport: Transport,
        file: FileChannel,
        position: Long,
        count: Long,
        fallback: Boolean,
    ): LoopFuture<Long> {
        requireUsable("sendFile")
        return SendFile(loop).send(transport, file, position, count, fallback)
    }

    override fun getAddrInfo(
        host: String,
        port: Int,
    ): LoopFuture<List<InetSocketAddress>> {
        requireUsable("getAddrInfo")
        requireHost(host)
        requirePort(port)
        return start("look up $host") { names.addresses(host).map { InetSocketAddress(it, port) } }
    }

    override fun getNameInfo(address: InetSocketAddress): LoopFuture<String> {
        requireUsable("getNameInfo")
        val known = requireNotNull(address.address) { "the address is only a name: $address" }
        return start("look up $address") { names.nameOf(known) }
    }

    // ---- Help ------------------------------------------------------------------------------------------------------

    private fun <T> start(
        name: String,
        body: suspend () -> T,
    ) = loop.startTask(TaskOptions(name, null, true), EmptyCoroutineContext) { body() }

    private fun <P : Protocol> opening(
        name: String,
        open: suspend () -> Connection<Transport, P>,
    ): LoopFuture<Connection<Transport, P>> = opened(name, { it.transport().abort() }, open)

    private fun <C : Connection<*, *>> closing(
        name: String,
        open: suspend () -> C,
    ): LoopFuture<C> = opened(name, { it.transport().close() }, open)

    private fun listening(
        name: String,
        open: suspend () -> Server,
    ): LoopFuture<Server> = opened(name, { it.close() }, open)

    private fun <T : Any> opened(
        name: String,
        undo: (T) -> Unit,
        open: suspend () -> T,
    ): LoopFuture<T> = Opening(start(name, open), { it }, undo)

    private fun requireUsable(method: String) = loop.services().requireUsable(method)

    private fun requirePort(port: Int) {
        require(port in 0..MAX_PORT) { "port must be between 0 and $MAX_PORT: $port" }
    }

    private fun requireHost(host: String) {
        require(host.isNotEmpty()) { "host must not be empty" }
    }

    private fun requireConnected(channel: SocketChannel) {
        require(channel.isConnected) { "the channel is not connected: $channel" }
        requireNotUsed(channel)
    }

    private fun requireNotUsed(channel: SelectableChannel) {
        val watch = driver.watchOrNull(channel) ?: return
        require(watch.owner == null) { "the channel is used by a transport: ${watch.owner}" }
        check(watch.reader == null && watch.writer == null) { "a callback or an operation waits on the channel: $channel" }
    }

    private fun requireServerHostname(tls: TlsOptions?) {
        tls?.let { TlsTransport.requireServerHostname(it, null) }
    }

    companion object {
        private const val MAX_PORT = 65_535
    }
}
