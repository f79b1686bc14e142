package io.jasyncio.pipe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A blocking stream that takes a block whenever the test lets it. Any thread. */
final class SlowOutput extends OutputStream {

    private final Semaphore allowed = new Semaphore(0);
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int flushed;
    final CountDownLatch closed = new CountDownLatch(1);
    volatile Thread writer;
    volatile IOException failure;

    /** Takes so many blocks more. */
    void allow(int blocks) {
        allowed.release(blocks);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        writer = Thread.currentThread();
        try {
            allowed.acquire();
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted");
        }
        if (failure != null) {
            throw failure;
        }
        synchronized (this) {
            taken.write(data, offset, length);
        }
    }

    @Override
    public synchronized void flush() {
        flushed = taken.size();
    }

    /** What has been written and flushed. */
    synchronized byte[] flushed() {
        var all = taken.toByteArray();
        return Arrays.copyOf(all, flushed);
    }

    @Override
    public void write(int value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public String toString() {
        return "a slow stream";
    }
}
