package io.jasyncio.internal.net;

import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.transport.ExtraInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A blocking stream to read from, served by a thread. The thread reads one block ahead at most, and only while somebody wants to read:
 * when reading is paused, what has come waits here, and what comes later waits in the stream. Loop only.
 */
public final class ThreadedSource implements BytePort {

    private static final int BLOCK_BYTES = 64 * 1024;

    private final LoopRuntime loop;
    private final InputStream stream;
    private final boolean isOfProcess;
    private final PipeThread thread;
    private final byte[] block = new byte[BLOCK_BYTES];

    // Written by the thread while it works, read by the loop when it does not.
    private int count;
    private @Nullable IOException failure;

    /** What was read and not taken yet. */
    private ByteBuffer arrived = ByteBuffer.wrap(block, 0, 0);

    private @Nullable Runnable ready;

    /** On the ready queue already, and not answered by a read. */
    private boolean queued;

    /**
     * Does nothing before somebody wants to read.
     *
     * @param isOfProcess whether this is the input of the process, which nobody need close
     */
    public ThreadedSource(LoopRuntime loop, InputStream stream, boolean isOfProcess) {
        this.loop = loop;
        this.stream = stream;
        this.isOfProcess = isOfProcess;
        this.thread = new PipeThread(loop, stream, this::readBlock, this::blockRead);
    }

    /** In the thread. */
    private void readBlock() {
        try {
            count = stream.read(block);
        } catch (IOException broken) {
            failure = broken;
        } catch (Throwable broken) {
            failure = new IOException("reading from " + stream + " failed", broken);
        }
    }

    private void blockRead() {
        arrived = ByteBuffer.wrap(block, 0, Math.max(count, 0));
        proceed();
    }

    private boolean isAtEnd() {
        return count < 0 || failure != null;
    }

    /** Tells that there is something, or has more read. */
    private void proceed() {
        if (ready == null || queued || !thread.isIdle()) {
            return;
        }
        if (arrived.hasRemaining() || isAtEnd()) {
            queued = true;
            loop.schedule(ready);
        } else {
            thread.begin();
        }
    }

    @Override
    public void wantRead(@Nullable Runnable ready) {
        this.ready = ready;
        queued = false;
        proceed();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        queued = false;
        if (!thread.isIdle()) {
            return 0;
        }
        if (failure != null) {
            throw failure;
        }
        var taken = Math.min(arrived.remaining(), into.remaining());
        into.put(into.position(), arrived, arrived.position(), taken);
        into.position(into.position() + taken);
        arrived.position(arrived.position() + taken);
        if (taken == 0 && count < 0) {
            return -1;
        }
        proceed();
        return taken;
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void wantWrite(@Nullable Runnable ready) {}

    @Override
    public boolean canShutdownOutput() {
        return false;
    }

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
        return "from " + stream;
    }
}
