package io.jasyncio.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;

/** A pipe with one byte in it, for a loop to watch. */
final class ReadyPipe implements AutoCloseable {

    /** The end to watch. */
    final SelectableChannel source;

    private final Pipe pipe;

    ReadyPipe() {
        try {
            pipe = Pipe.open();
            source = pipe.source().configureBlocking(false);
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Takes the byte out. */
    void read() {
        try {
            pipe.source().read(ByteBuffer.allocate(1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            source.close();
            pipe.sink().close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
