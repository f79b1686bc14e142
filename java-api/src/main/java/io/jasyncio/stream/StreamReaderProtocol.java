package io.jasyncio.stream;

import io.jasyncio.ErrorContext;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Hands the events of a transport on to a reader and a writer (asyncio's {@code StreamReaderProtocol}). */
final class StreamReaderProtocol implements Protocol {

    private final EventLoop loop;
    private final StreamReader reader;
    private final FlowControl flow;

    /** On a server: starts the task that serves the connection. */
    private final @Nullable BiFunction<? super StreamReader, ? super StreamWriter, ? extends Task<?>> starter;

    StreamReaderProtocol(
            EventLoop loop,
            int limitBytes,
            @Nullable BiFunction<? super StreamReader, ? super StreamWriter, ? extends Task<?>> starter) {
        this.loop = loop;
        this.reader = new StreamReader(loop, limitBytes);
        this.flow = new FlowControl(loop);
        this.starter = starter;
    }

    StreamPair pair(Transport transport) {
        return new StreamPair(reader, new StreamWriter(transport, flow, reader));
    }

    @Override
    public void connectionMade(Transport transport) {
        reader.setTransport(transport);
        if (starter == null) {
            return;
        }
        var pair = pair(transport);
        starter.apply(pair.reader(), pair.writer()).addDoneCallback(task -> served(task, transport));
    }

    /** The handler has ended. Its failure is reported; a regular end leaves the connection to whoever has it (S110). */
    private void served(LoopFuture<?> task, Transport transport) {
        if (!task.isCompletedExceptionally()) {
            return;
        }
        if (!task.isCancelled()) {
            loop.callExceptionHandler(
                    new ErrorContext("Unhandled exception in client_connected_cb", task.exception(), transport));
        }
        transport.close();
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        reader.feedData(data);
    }

    /** The other direction stays open: half a connection is of use to streams (S106). */
    @Override
    public boolean eofReceived() {
        reader.feedEof();
        return true;
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
        } else {
            reader.setException(exception);
        }
        flow.connectionLost(exception);
    }
}
