package io.jasyncio.stream;

import io.jasyncio.AsyncCloseable;
import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.transport.BaseTransport;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.WriteTransport;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where to write to the other side (asyncio's {@code StreamWriter}).
 *
 * <p>Writing never waits. What cannot be sent at once is buffered, so whoever writes much awaits {@link #drainAsync} after
 * each piece, and the buffer stays small:
 *
 * <pre>{@code
 * writer.write(piece);
 * await(writer.drainAsync());
 * }</pre>
 *
 * <p>Thread rule: the loop's.
 */
public final class StreamWriter implements AsyncCloseable {

    private WriteTransport transport;
    private final FlowControl flow;
    private final @Nullable StreamReader reader;

    /**
     * A writer on a transport. Programs have no need of it, their writers come with the connections.
     *
     * @param flow is told by the transport's protocol
     * @param reader the other direction, whose failure is one of this direction too; null if there is none
     */
    public StreamWriter(WriteTransport transport, FlowControl flow, @Nullable StreamReader reader) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.flow = Objects.requireNonNull(flow, "flow");
        this.reader = reader;
    }

    /** {@link WriteTransport#write(byte[])}: the array may be changed as soon as this returns. */
    public void write(byte[] data) {
        transport.write(data);
    }

    /** {@link WriteTransport#write(ByteBuffer)}: the buffer may be used again as soon as this returns. */
    public void write(ByteBuffer data) {
        transport.write(data);
    }

    /** Writes text as UTF-8. */
    public void write(String text) {
        transport.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@link WriteTransport#writelines}: several chunks one after the other, without line ends of their own. */
    public void writelines(Iterable<byte[]> chunks) {
        transport.writelines(chunks);
    }

    /**
     * Ends when the transport takes more data: at once unless there is too much in its buffer (S104). Any number may wait.
     *
     * <p>Fails with the reason if the connection broke, and with a {@link java.net.SocketException} once it has ended.
     *
     * <p><b>Cancellation</b>: ends the wait alone.
     */
    public LoopFuture<@Nullable Void> drainAsync() {
        var broken = reader == null ? null : reader.exception();
        if (broken != null) {
            return flow.failed(broken);
        }
        // A task that writes and drains in circles would otherwise never let the loop tell it about the end.
        return transport.isClosing() ? flow.drainSoonAsync() : flow.drainAsync();
    }

    /** {@link WriteTransport#writeEof}: ends this direction once everything is sent. */
    public void writeEof() {
        transport.writeEof();
    }

    /** Whether this direction can be ended on its own. */
    public boolean canWriteEof() {
        return transport.canWriteEof();
    }

    /** Begins to end the connection, in both directions: {@link BaseTransport#close}. Idempotent. */
    @Override
    public void close() {
        transport.close();
    }

    /** Whether the connection has ended or is about to. */
    public boolean isClosing() {
        return transport.isClosing();
    }

    /**
     * Ends when the connection has ended, after {@link #close} or by itself. Fails with the reason if it broke (S107).
     *
     * <p><b>Cancellation</b>: ends the wait alone.
     */
    public LoopFuture<@Nullable Void> waitClosedAsync() {
        return Asyncio.shield(flow.closed());
    }

    /** {@link #close()} and {@link #waitClosedAsync()}. */
    @Override
    public LoopFuture<@Nullable Void> closeAsync() {
        close();
        return waitClosedAsync();
    }

    /**
     * Makes this connection private (asyncio's {@code start_tls}); the side that accepted it is the server. What was written before
     * still goes out in the clear; what is written from now on waits for the handshake. What has come and was not read counts as the
     * beginning of the handshake, so that nobody can slip in something in the clear.
     *
     * <p>Fails with an {@link javax.net.ssl.SSLException} if the handshake does, and with a {@link java.net.SocketException} if the
     * connection is closing; it has ended then.
     *
     * <p><b>Cancellation</b>: ends the connection.
     *
     * @param tls on the side of the client with a {@linkplain TlsOptions#withServerHostname name of the server}
     * @throws IllegalStateException while a read waits, or if this is not one direction of a connection that goes in both
     * @throws IllegalArgumentException if the client does not know whom to expect
     */
    public LoopFuture<@Nullable Void> startTlsAsync(TlsOptions tls) {
        if (!(transport instanceof Transport connection)
                || !(connection.getProtocol() instanceof StreamReaderProtocol protocol)) {
            throw new IllegalStateException("TLS cannot begin here: " + this);
        }
        return protocol.startTls(connection, tls);
    }

    /**
     * Sends a part of a file, after everything that was written; see {@link io.jasyncio.LoopNetwork#sendFile}.
     *
     * @param count how many bytes; negative for all up to the end of the file
     * @return how many bytes were sent
     */
    public LoopFuture<Long> sendFileAsync(FileChannel file, long position, long count) {
        if (!(transport instanceof Transport connection)) {
            throw new UnsupportedOperationException("no file can be sent by " + transport);
        }
        return EventLoop.current().sendFile(connection, file, position, count);
    }

    /** The address of the other side; null if it has none. */
    public @Nullable SocketAddress peerAddress() {
        return transport.getExtraInfo(ExtraInfo.PEER_ADDRESS);
    }

    /** A fact about the connection; see {@link ExtraInfo}. */
    public <T> @Nullable T getExtraInfo(ExtraInfo<T> key) {
        return transport.getExtraInfo(key);
    }

    /** The transport beneath: to abort the connection, or to set the limits of the buffer. */
    public WriteTransport transport() {
        return transport;
    }

    /** From now on everything goes by another transport: TLS has begun. */
    void replaceTransport(WriteTransport transport) {
        this.transport = transport;
    }

    @Override
    public String toString() {
        return "StreamWriter[" + transport + "]";
    }
}
