package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.stream.FlowControl;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.transport.BaseProtocol;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.WriteBufferLimits;
import io.jasyncio.transport.WriteTransport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A writer in the scenarios of {@code writers.py}, and what its transport would tell. */
public final class Writings {

    private final ClosingTransport transport = new ClosingTransport();
    private final StreamReader reader = new StreamReader(EventLoop.current(), 100);
    private final FlowControl flow = new FlowControl(EventLoop.current());
    private final StreamWriter writer = new StreamWriter(transport, flow, reader);

    /** The writer. */
    public StreamWriter writer() {
        return writer;
    }

    /** Its other direction. */
    public StreamReader reader() {
        return reader;
    }

    /** There is no room. */
    public void pause() {
        flow.pauseWriting();
    }

    /** There is room again. */
    public void resume() {
        flow.resumeWriting();
    }

    /** The transport is about to end. */
    public void close() {
        transport.close();
    }

    /** The connection has ended. */
    public void lose(@Nullable Exception reason) {
        transport.close();
        if (reason == null) {
            reader.feedEof();
        } else {
            reader.setException(reason);
        }
        flow.connectionLost(reason);
    }

    /** It only knows whether it closes. */
    private static final class ClosingTransport implements WriteTransport {

        private BaseProtocol protocol = new Protocol() {};
        private boolean closing;

        @Override
        public boolean isClosing() {
            return closing;
        }

        @Override
        public void close() {
            closing = true;
        }

        @Override
        public void abort() {
            closing = true;
        }

        @Override
        public void write(ByteBuffer data) {}

        @Override
        public void writelines(Iterable<byte[]> chunks) {}

        @Override
        public void writeEof() {}

        @Override
        public boolean canWriteEof() {
            return true;
        }

        @Override
        public int getWriteBufferSize() {
            return 0;
        }

        @Override
        public WriteBufferLimits getWriteBufferLimits() {
            return WriteBufferLimits.DEFAULT;
        }

        @Override
        public void setWriteBufferLimits(WriteBufferLimits limits) {}

        @Override
        public <T> @Nullable T getExtraInfo(ExtraInfo<T> key) {
            return null;
        }

        @Override
        public BaseProtocol getProtocol() {
            return protocol;
        }

        @Override
        public void setProtocol(BaseProtocol protocol) {
            this.protocol = protocol;
        }
    }
}
