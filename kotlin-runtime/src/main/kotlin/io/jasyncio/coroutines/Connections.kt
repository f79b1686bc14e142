package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import io.jasyncio.stream.StreamPair
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.stream.Streams
import io.jasyncio.transport.ConnectOptions
import java.net.InetSocketAddress
import java.nio.channels.SocketChannel
import java.nio.file.Path

/**
 * Connects to a host (asyncio's `open_connection`); see [Streams.openConnection]. A [StreamPair] comes apart:
 * `val (reader, writer) = openConnection(host, port)`.
 *
 * *Cancellation*: gives the attempt up.
 *
 * @param limitBytes the longest line, and half of what is kept unread
 * @throws java.io.IOException if there is no such host or nobody listens (S111)
 */
public suspend fun openConnection(
    host: String,
    port: Int,
    options: ConnectOptions = ConnectOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
): StreamPair = Streams.openConnection(host, port, options, limitBytes).await()

/**
 * Takes a connected socket, of TCP or of Unix; it is closed with the streams.
 *
 * *Cancellation*: closes it.
 *
 * @param options of which TLS and socket options count
 */
public suspend fun openConnection(
    connected: SocketChannel,
    options: ConnectOptions = ConnectOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
): StreamPair = Streams.openConnection(connected, options, limitBytes).await()

/** The reader, for `val (reader, writer) = ...`. */
public operator fun StreamPair.component1(): StreamReader = reader()

/** The writer, for `val (reader, writer) = ...`. */
public operator fun StreamPair.component2(): StreamWriter = writer()

/**
 * Connects to a Unix domain socket (asyncio's `open_unix_connection`, S116).
 *
 * *Cancellation*: gives the attempt up.
 *
 * @throws java.io.IOException if there is no such socket or nobody listens
 */
public suspend fun openUnixConnection(
    path: Path,
    options: ConnectOptions = ConnectOptions.DEFAULT,
    limitBytes: Int = StreamReader.DEFAULT_LIMIT_BYTES,
): StreamPair = Streams.openUnixConnection(path, options, limitBytes).await()

/**
 * The addresses of a host, at least one (asyncio's `getaddrinfo`).
 *
 * *Cancellation*: ends the wait alone.
 *
 * @throws java.net.UnknownHostException if there is no such host
 */
public suspend fun getAddrInfo(
    host: String,
    port: Int,
): List<InetSocketAddress> = EventLoop.current().getAddrInfo(host, port).await()

/** The name of the host with an address, or the address itself as text (asyncio's `getnameinfo`). */
public suspend fun getNameInfo(address: InetSocketAddress): String = EventLoop.current().getNameInfo(address).await()
