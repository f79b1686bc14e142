package io.jasyncio.internal.net;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopRuntime;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file that a {@link StreamTransport} sends by the system alone; ends with the number of bytes. While it does, the file has the
 * port to itself. Loop only.
 */
public final class FileSending extends LoopFuture<Long> {

    private final FilePart part;

    /** Why the file cannot be read any further. */
    private @Nullable Exception unreadable;

    /** See {@link FilePart}. */
    public FileSending(LoopRuntime loop, FileChannel file, long position, long count) {
        super(loop);
        this.part = new FilePart(loop, file, position, count);
    }

    /** Whether this kind of port takes files. */
    boolean isPossible(BytePort port) throws IOException {
        return part.isPossible(port::transferFrom);
    }

    /**
     * Sends as much as is taken now.
     *
     * @return whether this was the last time: all is sent, or the file cannot be read
     * @throws IOException if the port failed
     */
    boolean goOn(BytePort port) throws IOException {
        try {
            return part.goOn(port::transferFrom);
        } catch (IOException | RuntimeException failure) {
            if (failure instanceof IOException ofPort && part.isOpen()) {
                throw ofPort;
            }
            unreadable = failure;
            return true;
        }
    }

    /** The port is free for others again. */
    void left() {
        if (unreadable == null) {
            complete(part.sent());
        } else {
            completeExceptionally(unreadable);
        }
    }

    /** The connection has ended before. */
    void lost(@Nullable Exception reason) {
        completeExceptionally(reason == null ? new SocketException("Connection lost") : reason);
    }
}
