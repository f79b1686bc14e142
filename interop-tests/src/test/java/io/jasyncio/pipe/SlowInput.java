package io.jasyncio.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A blocking stream whose bytes come when the test says so. Any thread. */
final class SlowInput extends InputStream {

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> blocks = new LinkedBlockingQueue<>();
    private final boolean minds;

    /** How many reads have begun. */
    final AtomicInteger reads = new AtomicInteger();

    final CountDownLatch closed = new CountDownLatch(1);
    volatile Thread reader;
    volatile IOException failure;

    /** @param minds whether an interrupt ends a read; a terminal does not care, for instance */
    SlowInput(boolean minds) {
        this.minds = minds;
    }

    void give(String text) {
        blocks.add(text.getBytes());
    }

    void end() {
        blocks.add(END);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        reader = Thread.currentThread();
        reads.incrementAndGet();
        var block = next();
        if (failure != null) {
            throw failure;
        }
        if (block == END) {
            return -1;
        }
        System.arraycopy(block, 0, into, offset, block.length);
        return block.length;
    }

    private byte[] next() throws InterruptedIOException {
        while (true) {
            try {
                return blocks.take();
            } catch (InterruptedException interrupted) {
                if (minds) {
                    throw new InterruptedIOException("interrupted");
                }
            }
        }
    }

    @Override
    public int read() {
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
