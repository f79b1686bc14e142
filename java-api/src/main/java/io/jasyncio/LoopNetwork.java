package io.jasyncio;

import io.jasyncio.stream.Server;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.Connection;
import io.jasyncio.transport.DatagramOptions;
import io.jasyncio.transport.DatagramProtocol;
import io.jasyncio.transport.DatagramTransport;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ReadTransport;
import io.jasyncio.transport.ServerOptions;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.WriteTransport;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of an {@link EventLoop} that opens connections, servers, datagram sockets and pipes, with transports and protocols. Most
 * programs are better served by {@link io.jasyncio.stream.Streams}.
 *
 * <p>What goes wrong on the network is an {@link java.io.IOException} of the returned future. Protocols are made by the given factory
 * once the connection stands; the future ends after the protocol's {@code connectionMade} (S108).
 *
 * <p><b>Cancellation</b> of what opens something: gives the attempt up. What stands already is closed again.
 *
 * <p>Thread rule: the loop's, see {@link EventLoop}.
 */
public interface LoopNetwork {

    // ---- Clients ---------------------------------------------------------------------------------------------------

    /** {@link #createConnection(Supplier, String, int, ConnectOptions)} with default options. */
    default <P extends Protocol> LoopFuture<Connection<Transport, P>> createConnection(
            Supplier<? extends P> protocolFactory, String host, int port) {
        return createConnection(protocolFactory, host, port, ConnectOptions.DEFAULT);
    }

    /**
     * Connects to a host (asyncio's {@code create_connection}). All addresses of the host are tried, in turn or side by side
     * ({@link ConnectOptions#withHappyEyeballsDelay}).
     *
     * <p>Fails with an {@link java.net.UnknownHostException} if there is no such host, a {@link java.net.ConnectException} if nobody
     * listens (S111), a {@link javax.net.ssl.SSLException} if the TLS handshake fails.
     */
    <P extends Protocol> LoopFuture<Connection<Transport, P>> createConnection(
            Supplier<? extends P> protocolFactory, String host, int port, ConnectOptions options);

    /**
     * Takes a connected socket (asyncio's {@code sock=}), of TCP or of Unix; it is closed with the transport, and if this fails.
     *
     * @param connected is put into non-blocking mode
     * @param options of which TLS and socket options count
     * @throws IllegalArgumentException if the channel is not connected, a transport has it, or TLS has no name of a host to verify
     */
    <P extends Protocol> LoopFuture<Connection<Transport, P>> createConnection(
            Supplier<? extends P> protocolFactory, SocketChannel connected, ConnectOptions options);

    /**
     * Connects to a Unix domain socket (asyncio's {@code create_unix_connection}, S116). While the server's backlog is full, it tries
     * again every now and then: put a time limit around it.
     *
     * <p>Fails with a {@link java.net.ConnectException} if nobody listens, another {@link java.io.IOException} if there is no such file.
     *
     * @throws IllegalArgumentException if the path is too long for a socket
     */
    <P extends Protocol> LoopFuture<Connection<Transport, P>> createUnixConnection(
            Supplier<? extends P> protocolFactory, Path path, ConnectOptions options);

    // ---- Servers ---------------------------------------------------------------------------------------------------

    /** {@link #createServer(Supplier, String, int, ServerOptions)} with default options. */
    default LoopFuture<Server> createServer(
            Supplier<? extends Protocol> protocolFactory, @Nullable String host, int port) {
        return createServer(protocolFactory, host, port, ServerOptions.DEFAULT);
    }

    /**
     * Listens, and gives a protocol to each connection (asyncio's {@code create_server}).
     *
     * <p>Fails with a {@link java.net.BindException} if the port is taken on one of the addresses. Addresses that this machine does
     * not have are left out (S111).
     *
     * @param host where to listen: each of its addresses; null or empty for all interfaces, with one socket for IPv4 and IPv6
     * @param port 0 for any, the same one on all addresses; {@link Server#port} tells which
     */
    LoopFuture<Server> createServer(
            Supplier<? extends Protocol> protocolFactory, @Nullable String host, int port, ServerOptions options);

    /**
     * Takes a bound socket (asyncio's {@code sock=}), of TCP or of Unix; it is closed with the server, but a socket file is left alone.
     *
     * @param listening is put into non-blocking mode
     * @throws IllegalArgumentException if the channel is not bound, or a server has it
     */
    LoopFuture<Server> createServer(
            Supplier<? extends Protocol> protocolFactory, ServerSocketChannel listening, ServerOptions options);

    /**
     * Listens on a Unix domain socket (asyncio's {@code create_unix_server}, S116). A socket file that nobody listens on any more is
     * replaced; closing the server removes the file, if it is still the same one. Whether somebody listens is found out by knocking: a
     * server that runs sees a connection that ends at once.
     *
     * <p>Fails with a {@link java.net.BindException} if somebody listens there, or the file is no socket.
     */
    LoopFuture<Server> createUnixServer(Supplier<? extends Protocol> protocolFactory, Path path, ServerOptions options);

    /**
     * Serves a connection that was accepted elsewhere (asyncio's {@code connect_accepted_socket}).
     *
     * @param accepted is put into non-blocking mode
     * @param tls with which this side is the server; null for none
     * @throws IllegalArgumentException if the channel is not connected
     */
    <P extends Protocol> LoopFuture<Connection<Transport, P>> connectAcceptedChannel(
            Supplier<? extends P> protocolFactory, SocketChannel accepted, @Nullable TlsOptions tls);

    /**
     * Makes a connection private that stands already (asyncio's {@code start_tls}). The given transport must not be used any more.
     *
     * <p>Fails with a {@link javax.net.ssl.SSLException} if the handshake does, and with a {@link java.net.SocketException} if the
     * transport is closing.
     *
     * <p><b>Cancellation</b>: ends the connection.
     *
     * @param protocol is told of the new transport's events from now on, but not {@code connectionMade}
     * @param serverSide whether this side is the server
     * @return the new transport
     * @throws IllegalStateException while a file is sent
     */
    LoopFuture<Transport> startTls(Transport transport, Protocol protocol, TlsOptions tls, boolean serverSide);

    // ---- Datagrams -------------------------------------------------------------------------------------------------

    /** Opens a socket for datagrams (asyncio's {@code create_datagram_endpoint}). */
    <P extends DatagramProtocol> LoopFuture<Connection<DatagramTransport, P>> createDatagramEndpoint(
            Supplier<? extends P> protocolFactory, DatagramOptions options);

    // ---- Pipes -----------------------------------------------------------------------------------------------------

    /**
     * Reads from a pipe (asyncio's {@code connect_read_pipe}), which is closed with the transport, and so at its end: whatever
     * {@code eofReceived} answers.
     */
    <P extends Protocol> LoopFuture<Connection<ReadTransport, P>> connectReadPipe(
            Supplier<? extends P> protocolFactory, Pipe.SourceChannel pipe);

    /**
     * Reads from a blocking stream, by means of a thread: for {@code System.in} and the output of processes. The stream is closed with
     * the transport; a thread that is in the middle of a read may end no earlier than the read does. While reading is paused, at most
     * one block of 64 KiB is held here, and the rest stays in the stream.
     */
    <P extends Protocol> LoopFuture<Connection<ReadTransport, P>> connectReadPipe(
            Supplier<? extends P> protocolFactory, InputStream blocking);

    /**
     * Writes to a pipe (asyncio's {@code connect_write_pipe}), which is closed with the transport. That nobody reads any more is seen
     * at the next write, since no selector tells. {@code writeEof} is the same as {@code close}.
     */
    <P extends Protocol> LoopFuture<Connection<WriteTransport, P>> connectWritePipe(
            Supplier<? extends P> protocolFactory, Pipe.SinkChannel pipe);

    /**
     * Writes to a blocking stream, by means of a thread, and flushes after each block. Bytes count as sent when the stream has taken
     * them, so the end waits for the last one. The stream is closed with the transport.
     */
    <P extends Protocol> LoopFuture<Connection<WriteTransport, P>> connectWritePipe(
            Supplier<? extends P> protocolFactory, OutputStream blocking);

    // ---- Files -----------------------------------------------------------------------------------------------------

    /** {@link #sendFile(Transport, FileChannel, long, long, boolean)} with the fallback. */
    default LoopFuture<Long> sendFile(Transport transport, FileChannel file, long position, long count) {
        return sendFile(transport, file, position, count, true);
    }

    /**
     * Sends a part of a file (asyncio's {@code loop.sendfile}), by the system alone where that is possible. What was written before goes
     * first; writing meanwhile is refused. The file's own position is neither used nor moved. A transport that is closed meanwhile still
     * sends the file to its end where the system does it alone, and otherwise stops after a piece, with an
     * {@link java.io.IOException} here: so close it afterwards.
     *
     * <p><b>Cancellation</b>: stops; a part may have been sent.
     *
     * @param count how many bytes; negative for all up to the end of the file, which also ends it earlier
     * @param fallback whether the file may be read and written piece by piece, where the system cannot do it alone, as over TLS; if not,
     *     this fails with a {@link io.jasyncio.transport.SendfileNotAvailableException}
     * @return how many bytes were sent
     */
    LoopFuture<Long> sendFile(Transport transport, FileChannel file, long position, long count, boolean fallback);

    // ---- Names -----------------------------------------------------------------------------------------------------

    /**
     * The addresses of a host (asyncio's {@code getaddrinfo}), in the order in which they should be tried; at least one. Names are looked
     * up in threads of their own, by {@link LoopOptions#resolver()}.
     *
     * <p>Fails with an {@link java.net.UnknownHostException} if there is no such host.
     */
    LoopFuture<List<InetSocketAddress>> getAddrInfo(String host, int port);

    /** The name of the host with an address (asyncio's {@code getnameinfo}), or the address itself as text if it has none. */
    LoopFuture<String> getNameInfo(InetSocketAddress address);
}
