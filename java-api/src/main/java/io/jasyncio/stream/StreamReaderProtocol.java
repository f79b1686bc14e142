package io.jasyncio.stream;

import io.jasyncio.ErrorContext;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.internal.net.BufferPool;
import io.jasyncio.internal.net.BufferTaker;
import io.jasyncio.internal.net.Opening;
import io.jasyncio.internal.net.tls.TlsUpgradable;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.TlsOptions;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.TruncatedStreamException;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Hands the events of a transport on to a reader and a writer (asyncio's {@code StreamReaderProtocol}). */
final class StreamReaderProtocol implements Protocol, BufferTaker, TlsUpgradable {

    private final EventLoop loop;
    private final StreamReader reader;
    private final FlowControl flow;

    /** On a server: starts the task that serves the connection. */
    private final @Nullable BiFunction<? super StreamReader, ? super StreamWriter, ? extends Task<?>> starter;

    private @Nullable StreamWriter writer;

    StreamReaderProtocol(
            EventLoop loop,
            int limitBytes,
            @Nullable BiFunction<? super StreamReader, ? super StreamWriter, ? extends Task<?>> starter) {
        this.loop = loop;
        this.reader = new StreamReader(loop, limitBytes);
        this.flow = new FlowControl(loop);
        this.starter = starter;
    }

    /** Both directions of the connection. */
    StreamPair pair(Transport transport) {
        var known = writer;
        if (known == null) {
            known = new StreamWriter(transport, flow, reader);
            writer = known;
        }
        return new StreamPair(reader, known);
    }

    @Override
    public void connectionMade(Transport transport) {
        reader.setTransport(transport);
        var pair = pair(transport);
        if (starter != null) {
            starter.apply(pair.reader(), pair.writer()).addDoneCallback(task -> served(task, pair.writer()));
        }
    }

    /** The handler has ended. Its failure is reported; a regular end leaves the connection to whoever has it (S110). */
    private void served(LoopFuture<?> task, StreamWriter connection) {
        if (!task.isCompletedExceptionally()) {
            return;
        }
        if (!task.isCancelled()) {
            loop.callExceptionHandler(new ErrorContext(
                    "Unhandled exception in client_connected_cb", task.exception(), connection.transport()));
        }
        connection.close();
    }

    // ---- TLS that begins in the middle -----------------------------------------------------------------------------

    @Override
    public ByteBuffer takeUnread() {
        return reader.takeUnread();
    }

    @Override
    public boolean hasEnded() {
        return reader.hasEnded();
    }

    /** Makes the connection private. Whoever was connected to is the server. */
    LoopFuture<@Nullable Void> startTls(Transport transport, TlsOptions tls) {
        var started = loop.startTls(transport, this, tls, starter != null);
        // Whoever cancels this ends the connection, and there is nothing else to undo.
        return new Opening<>(started, upgraded -> null, upgraded -> {});
    }

    @Override
    public void upgraded(Transport tls) {
        reader.replaceTransport(tls);
        if (writer != null) {
            writer.replaceTransport(tls);
        }
    }

    // ---- Events ----------------------------------------------------------------------------------------------------

    @Override
    public void dataReceived(ByteBuffer data) {
        reader.feedData(data);
    }

    @Override
    public ByteBuffer roomToRead(BufferPool pool) {
        return reader.room(pool);
    }

    @Override
    public void filled(ByteBuffer room, int count) {
        reader.filled(room, count);
    }

    /** The other direction stays open, where it can: half a connection is of use to streams (S106). */
    @Override
    public boolean eofReceived() {
        reader.feedEof();
        return writer != null && writer.canWriteEof();
    }

    @Override
    public void pauseWriting() {
        flow.pauseWriting();
    }

    @Override
    public void resumeWriting() {
        flow.resumeWriting();
    }

    @Override
    public void connectionLost(@Nullable Exception exception) {
        if (exception == null) {
            reader.feedEof();
        } else if (exception instanceof TruncatedStreamException truncated) {
            reader.failAtEnd(truncated);
        } else {
            reader.setException(exception);
        }
        flow.connectionLost(exception);
    }
}
