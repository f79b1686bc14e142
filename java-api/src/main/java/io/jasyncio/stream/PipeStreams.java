package io.jasyncio.stream;

import io.jasyncio.LoopFuture;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Pipe;

/** Streams over pipes, and over the process's own input and output. */
final class PipeStreams {

    private PipeStreams() {}

    static LoopFuture<StreamReader> reader(Pipe.SourceChannel pipe, int limitBytes) {
        throw new UnsupportedOperationException();
    }

    static LoopFuture<StreamReader> reader(InputStream blocking, int limitBytes) {
        throw new UnsupportedOperationException();
    }

    static LoopFuture<StreamWriter> writer(Pipe.SinkChannel pipe) {
        throw new UnsupportedOperationException();
    }

    static LoopFuture<StreamWriter> writer(OutputStream blocking) {
        throw new UnsupportedOperationException();
    }

    static LoopFuture<StreamReader> stdin() {
        throw new UnsupportedOperationException();
    }

    static LoopFuture<StreamWriter> stdout() {
        throw new UnsupportedOperationException();
    }
}
