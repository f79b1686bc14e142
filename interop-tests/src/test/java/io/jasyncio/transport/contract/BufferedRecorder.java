package io.jasyncio.transport.contract;

import io.jasyncio.transport.BufferedProtocol;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** A {@link Recorder} that is told the other way. */
final class BufferedRecorder extends Recorder implements BufferedProtocol {

    private final Supplier<ByteBuffer> buffers;
    private ByteBuffer buffer;
    private int start;

    /** Takes the bytes in buffers of the test's making. */
    BufferedRecorder(Supplier<ByteBuffer> buffers) {
        this.buffers = buffers;
    }

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
        buffer = buffers.get();
        start = buffer.position();
        return buffer;
    }

    @Override
    public void bufferUpdated(int bytes) {
        if (bytes <= 0 || buffer.position() != start + bytes) {
            throw new AssertionError(
                    bytes + " bytes were announced, and the buffer went from " + start + " to " + buffer.position());
        }
        var taken = new byte[bytes];
        buffer.get(start, taken);
        take(taken);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        BufferedProtocol.super.dataReceived(data);
    }
}
