package io.jasyncio.coroutines

import io.jasyncio.EventLoop
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel
import java.nio.channels.FileChannel
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel

// Operations on channels that the caller brings, on the current loop; see io.jasyncio.LoopChannels. All have in common:
// the channel is in non-blocking mode and not one of a transport (IllegalArgumentException), and nobody else waits for the
// same direction of it (IllegalStateException). A buffer is not to be touched meanwhile. Cancellation ends the wait; the
// channel stays open, and the buffer's position tells what was done.

/**
 * Connects (asyncio's `sock_connect`).
 *
 * *Cancellation*: leaves a channel that is good for nothing but to be closed, as a failure does.
 *
 * @throws java.net.ConnectException if nobody listens
 */
public suspend fun sockConnect(
    channel: SocketChannel,
    address: SocketAddress,
) {
    EventLoop.current().sockConnect(channel, address).await()
}

/**
 * Waits for a connection (asyncio's `sock_accept`), which is in non-blocking mode.
 *
 * *Cancellation*: loses no connection; one that has just been accepted is closed.
 */
public suspend fun sockAccept(channel: ServerSocketChannel): SocketChannel = EventLoop.current().sockAccept(channel).await()

/**
 * Waits for bytes and reads them (asyncio's `sock_recv_into`).
 *
 * *Cancellation*: bytes that were read in the same pass are in the buffer.
 *
 * @return how many bytes, at least one if there is room; -1 at the end
 */
public suspend fun sockRecv(
    channel: SocketChannel,
    into: ByteBuffer,
): Int = EventLoop.current().sockRecv(channel, into).await()

/**
 * Sends all bytes of a buffer (asyncio's `sock_sendall`).
 *
 * *Cancellation*: what was sent is told by the buffer's position.
 */
public suspend fun sockSendAll(
    channel: SocketChannel,
    data: ByteBuffer,
) {
    EventLoop.current().sockSendAll(channel, data).await()
}

/**
 * Waits for a datagram (asyncio's `sock_recvfrom_into`). What the buffer has no room for is lost.
 *
 * *Cancellation*: a datagram that was received in the same pass is in the buffer.
 *
 * @return the sender
 */
public suspend fun sockRecvFrom(
    channel: DatagramChannel,
    into: ByteBuffer,
): SocketAddress = EventLoop.current().sockRecvFrom(channel, into).await()

/**
 * Sends a datagram (asyncio's `sock_sendto`).
 *
 * *Cancellation*: it is sent or not.
 *
 * @return how many bytes it had
 */
public suspend fun sockSendTo(
    channel: DatagramChannel,
    data: ByteBuffer,
    target: SocketAddress,
): Int = EventLoop.current().sockSendTo(channel, data, target).await()

/**
 * Sends a part of a file (asyncio's `sock_sendfile`). The file's own position is neither used nor moved.
 *
 * *Cancellation*: stops; a part may have been sent.
 *
 * @param count how many bytes; negative for all up to the end of the file
 * @return how many bytes were sent
 */
public suspend fun sockSendFile(
    channel: SocketChannel,
    file: FileChannel,
    position: Long = 0,
    count: Long = -1,
): Long = EventLoop.current().sockSendFile(channel, file, position, count).await()
