package io.jasyncio.transport.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * A pipe with blocking ends for two threads, which a test can watch: {@code java.io.PipedInputStream} looks for its writer
 * once a second only.
 */
final class BlockingPipe {

    static final int CAPACITY = 10_000;

    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int size;
    private boolean writerWaits;
    private boolean readerGone;
    private boolean writerGone;

    /** Returns when a writer stands before a full pipe: nothing moves until somebody reads. */
    synchronized void awaitWriterStuck() throws InterruptedException {
        while (!writerWaits || size < CAPACITY) {
            wait();
        }
    }

    private synchronized int read(byte[] into, int offset, int count) throws IOException {
        while (size == 0 && !writerGone && !readerGone) {
            await();
        }
        if (readerGone) {
            throw new IOException("closed");
        }
        var taken = Math.min(Math.min(count, size), CAPACITY - start);
        System.arraycopy(buffer, start, into, offset, taken);
        start = (start + taken) % CAPACITY;
        size -= taken;
        notifyAll();
        return taken == 0 && count > 0 ? -1 : taken;
    }

    private synchronized void write(byte[] from, int offset, int count) throws IOException {
        for (var written = 0; written < count; ) {
            while (size == CAPACITY && !readerGone && !writerGone) {
                writerWaits = true;
                notifyAll();
                await();
            }
            writerWaits = false;
            if (readerGone || writerGone) {
                throw new IOException(writerGone ? "closed" : "nobody reads");
            }
            var end = (start + size) % CAPACITY;
            var piece = Math.min(Math.min(count - written, CAPACITY - size), CAPACITY - end);
            System.arraycopy(from, offset + written, buffer, end, piece);
            size += piece;
            written += piece;
            notifyAll();
        }
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private synchronized void close(boolean reader) {
        if (reader) {
            readerGone = true;
        } else {
            writerGone = true;
        }
        notifyAll();
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var single = new byte[1];
                return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int count) throws IOException {
                return BlockingPipe.this.read(into, offset, count);
            }

            @Override
            public void close() {
                BlockingPipe.this.close(true);
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int count) throws IOException {
                BlockingPipe.this.write(from, offset, count);
            }

            @Override
            public void close() {
                BlockingPipe.this.close(false);
            }
        };
    }
}
