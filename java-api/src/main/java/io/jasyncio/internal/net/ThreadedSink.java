package io.jasyncio.internal.net;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.ExtraInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A blocking stream to write to, served by a thread. Bytes count as taken only when the stream has them: so a transport's buffer tells
 * the truth, its end waits for the last byte, and no failure goes unseen. Loop only.
 */
public final class ThreadedSink implements BytePort {

    private static final int BLOCK_BYTES = 64 * 1024;

    private final LoopRuntime loop;
    private final OutputStream stream;
    private final boolean isOfProcess;
    private final PipeThread thread;

    /** The bytes that the thread writes: a copy, since those of the caller stay with the caller until they are written. */
    private byte[] block = {};

    private int count;

    // Written by the thread while it works, read by the loop when it does not.
    private int written;
    private @Nullable IOException failure;

    private @Nullable Runnable ready;

    /** On the ready queue already, and not answered by a write. */
    private boolean queued;

    /**
     * Does nothing before something is written.
     *
     * @param isOfProcess whether this is the output of the process, which nobody need close
     */
    public ThreadedSink(LoopRuntime loop, OutputStream stream, boolean isOfProcess) {
        this.loop = loop;
        this.stream = stream;
        this.isOfProcess = isOfProcess;
        this.thread = new PipeThread(loop, stream, this::writeBlock, this::offer);
    }

    /** In the thread. Flushed, since nobody else would: the transport knows no such thing. */
    private void writeBlock() {
        try {
            stream.write(block, 0, count);
            stream.flush();
            written = count;
        } catch (IOException broken) {
            failure = broken;
        } catch (Throwable broken) {
            failure = new IOException("writing to " + stream + " failed", broken);
        }
    }

    private void offer() {
        if (ready != null && !queued && thread.isIdle()) {
            queued = true;
            loop.schedule(ready);
        }
    }

    @Override
    public void wantWrite(@Nullable Runnable ready) {
        this.ready = ready;
        queued = false;
        offer();
    }

    /** The bytes of the last time come again, now that they are written, and others after them. */
    @Override
    public int write(ByteBuffer from) throws IOException {
        queued = false;
        if (!thread.isIdle()) {
            return 0;
        }
        if (failure != null) {
            throw failure;
        }
        var taken = written;
        written = 0;
        from.position(from.position() + taken);
        if (from.hasRemaining()) {
            beginBlock(from);
        }
        return taken;
    }

    private void beginBlock(ByteBuffer from) {
        count = Math.min(from.remaining(), BLOCK_BYTES);
        if (block.length < count) {
            block = new byte[Math.min(BLOCK_BYTES, Math.max(count, 2 * block.length))];
        }
        from.get(from.position(), block, 0, count);
        thread.begin();
    }

    @Override
    public boolean isReadable() {
        return false;
    }

    @Override
    public int read(ByteBuffer into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void wantRead(@Nullable Runnable ready) {}

    @Override
    public boolean canShutdownOutput() {
        return true;
    }

    /** The end of the stream is its close, which follows. */
    @Override
    public void shutdownOutput() {}

    @Override
    public <T> @Nullable T extra(ExtraInfo<T> key) {
        return null;
    }

    @Override
    public boolean mayBeLeftOpen() {
        return isOfProcess;
    }

    @Override
    public String kind() {
        return "pipe";
    }

    @Override
    public void release() {
        ready = null;
        thread.end();
    }

    @Override
    public String toString() {
        return "to " + stream;
    }
}
