package io.jasyncio;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The part of an {@link EventLoop} that works on bare channels, for those who bring their own: callbacks for readiness, and operations
 * that wait (asyncio's {@code add_reader} and {@code sock_*}).
 *
 * <p>All channels must be in non-blocking mode, and not those of a transport: otherwise an {@link IllegalArgumentException}. An operation
 * is refused with an {@link IllegalStateException} while another one waits for the same direction of the channel.
 *
 * <p><b>Cancellation</b> of an operation: ends the wait; the channel stays open and usable. Its buffer's position tells what was done.
 * Whoever closes a channel cancels first what waits for it: a selector forgets a closed channel without a word.
 *
 * <p>Thread rule: the loop's, see {@link EventLoop}.
 */
public interface LoopChannels {

    // ---- Readiness -------------------------------------------------------------------------------------------------

    /**
     * Calls back whenever the channel can be read or accepted from; replaces the reader that is there.
     *
     * @throws IllegalArgumentException if the channel is in blocking mode, closed, or used by a transport
     * @throws IllegalStateException if an operation waits for the same direction of it
     */
    void addReader(SelectableChannel channel, Runnable callback);

    /**
     * Ends {@link #addReader}. Returns whether there was a reader.
     *
     * @throws IllegalArgumentException if the channel is used by a transport
     */
    boolean removeReader(SelectableChannel channel);

    /**
     * Calls back whenever the channel can be written or has finished connecting; replaces the writer that is there.
     *
     * @throws IllegalArgumentException if the channel is in blocking mode, closed, or used by a transport
     * @throws IllegalStateException if an operation waits for the same direction of it
     */
    void addWriter(SelectableChannel channel, Runnable callback);

    /**
     * Ends {@link #addWriter}. Returns whether there was a writer.
     *
     * @throws IllegalArgumentException if the channel is used by a transport
     */
    boolean removeWriter(SelectableChannel channel);

    // ---- Operations ------------------------------------------------------------------------------------------------

    /**
     * Connects (asyncio's {@code sock_connect}). Fails with a {@link java.net.ConnectException} if nobody listens. A failed or cancelled
     * attempt leaves a channel that is good for nothing but to be closed.
     */
    LoopFuture<@Nullable Void> sockConnect(SocketChannel channel, SocketAddress address);

    /**
     * Waits for a connection (asyncio's {@code sock_accept}).
     *
     * @return the connection, in non-blocking mode; it is closed again if nobody takes it
     */
    LoopFuture<SocketChannel> sockAccept(ServerSocketChannel channel);

    /**
     * Waits for bytes and reads them (asyncio's {@code sock_recv_into}).
     *
     * @param into the caller's, and not to be touched until this ends
     * @return how many bytes, at least one if there is room; -1 at the end
     */
    LoopFuture<Integer> sockRecv(SocketChannel channel, ByteBuffer into);

    /**
     * Sends all bytes of a buffer (asyncio's {@code sock_sendall}).
     *
     * @param data the caller's, and not to be touched until this ends
     */
    LoopFuture<@Nullable Void> sockSendAll(SocketChannel channel, ByteBuffer data);

    /**
     * Waits for a datagram (asyncio's {@code sock_recvfrom_into}). What the buffer has no room for is lost.
     *
     * @return the sender
     */
    LoopFuture<SocketAddress> sockRecvFrom(DatagramChannel channel, ByteBuffer into);

    /**
     * Sends a datagram (asyncio's {@code sock_sendto}).
     *
     * @return how many bytes it had
     */
    LoopFuture<Integer> sockSendTo(DatagramChannel channel, ByteBuffer data, SocketAddress target);

    /**
     * Sends a part of a file (asyncio's {@code sock_sendfile}). The file's own position is neither used nor moved.
     *
     * @param count how many bytes; negative for all up to the end of the file
     * @return how many bytes were sent
     */
    LoopFuture<Long> sockSendFile(SocketChannel channel, FileChannel file, long position, long count);
}
