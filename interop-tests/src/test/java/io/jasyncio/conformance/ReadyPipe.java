package io.jasyncio.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/** A pipe with one byte in it, for a loop to watch. */
final class ReadyPipe implements AutoCloseable {

    final Pipe.SourceChannel source;
    private final Pipe.SinkChannel sink;

    ReadyPipe() {
        try {
            var pipe = Pipe.open();
            source = pipe.source();
            sink = pipe.sink();
            source.configureBlocking(false);
            sink.write(ByteBuffer.wrap(new byte[1]));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Takes the byte out. */
    void read() {
        try {
            source.read(ByteBuffer.allocate(1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            source.close();
            sink.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
