package io.jasyncio.internal.net;

import io.jasyncio.spi.LoopRuntime;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** A part of a file that is on its way, and how far it has come. The file's own position is neither used nor moved. Loop only. */
public final class FilePart {

    /** Against a reader as fast as we are, a large file would otherwise keep all others waiting. */
    private static final long PIECE_BYTES = 2 * 1024 * 1024;

    private final LoopRuntime loop;
    private final FileChannel file;
    private final long start;
    private final long end;
    private long position;

    /** Where the file goes. */
    @FunctionalInterface
    public interface Target {

        /** Takes as much as it can now; returns how many bytes that were. */
        long transferFrom(FileChannel file, long position, long count) throws IOException;
    }

    /**
     * Nothing is sent yet.
     *
     * @param count how many bytes; negative for all up to the end of the file, which also ends it earlier
     * @throws IllegalArgumentException if the position is negative
     */
    public FilePart(LoopRuntime loop, FileChannel file, long position, long count) {
        if (position < 0) {
            throw new IllegalArgumentException("position must not be negative: " + position);
        }
        this.loop = loop;
        this.file = file;
        this.start = position;
        this.position = position;
        this.end = count < 0 || count > Long.MAX_VALUE - position ? Long.MAX_VALUE : position + count;
    }

    /** Whether the target takes files at all. */
    boolean isPossible(Target target) throws IOException {
        clearInterrupt();
        return target.transferFrom(file, position, 0) >= 0;
    }

    /** Sends as much as is taken now. Returns whether that was all. */
    public boolean goOn(Target target) throws IOException {
        clearInterrupt();
        // Asked again each time: a file may become shorter or longer while it is sent.
        var left = Math.min(end, file.size()) - position;
        if (left > 0) {
            var count = target.transferFrom(file, position, Math.min(left, PIECE_BYTES));
            position += count;
            left -= count;
        }
        return left <= 0;
    }

    /** How many bytes are sent. */
    public long sent() {
        return position - start;
    }

    /** Whether the file can still be read; if not, it is to blame for a failure and not the target. */
    boolean isOpen() {
        return file.isOpen();
    }

    /** Any operation on the file would close it, which is the caller's, if this thread were marked as interrupted (J2). */
    private void clearInterrupt() {
        if (Thread.interrupted()) {
            loop.services()
                    .logWarning("the thread of an event loop was interrupted; that has no effect."
                            + " Use stop() or cancel()");
        }
    }
}
