package io.jasyncio.stream;

import io.jasyncio.transport.BaseProtocol;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import io.jasyncio.transport.WriteBufferLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A transport without a channel, which writes down what is asked of it. */
final class FakeTransport implements Transport {

    final List<String> calls = new ArrayList<>();
    private BaseProtocol protocol = new Protocol() {};
    private boolean paused;
    private boolean closing;

    @Override
    public <T> T getExtraInfo(ExtraInfo<T> key) {
        return null;
    }

    @Override
    public void close() {
        closing = true;
        calls.add("close");
    }

    @Override
    public boolean isClosing() {
        return closing;
    }

    @Override
    public BaseProtocol getProtocol() {
        return protocol;
    }

    @Override
    public void setProtocol(BaseProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public boolean isReading() {
        return !paused;
    }

    @Override
    public void pauseReading() {
        paused = true;
        calls.add("pause");
    }

    @Override
    public void resumeReading() {
        paused = false;
        calls.add("resume");
    }

    @Override
    public void write(ByteBuffer data) {
        calls.add("write " + StandardCharsets.UTF_8.decode(data));
    }

    @Override
    public void writelines(Iterable<byte[]> chunks) {
        chunks.forEach(chunk -> write(ByteBuffer.wrap(chunk)));
    }

    @Override
    public void writeEof() {
        calls.add("eof");
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public void abort() {
        closing = true;
        calls.add("abort");
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
}
