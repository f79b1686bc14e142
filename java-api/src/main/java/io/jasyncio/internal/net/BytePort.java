package io.jasyncio.internal.net;

import io.jasyncio.transport.ExtraInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a {@link StreamTransport} come from and go to: a socket, a pipe, a thread that serves a blocking stream, memory.
 * It never waits: it moves what can be moved now, and says when more can. Loop only. Its
 * {@code toString} names both ends.
 */
public interface BytePort {

    /** Whether bytes can come at all. */
    default boolean isReadable() {
        return true;
    }

    /** Whether bytes can be sent at all. */
    default boolean isWritable() {
        return true;
    }

    /**
     * Reads what there is.
     *
     * @return how many bytes; 0 if there are none now, negative at the end
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Sends as much as is taken now and moves the position accordingly; returns how many bytes that were. What was not taken comes
     * first the next time, unless it is dropped for good.
     */
    int write(ByteBuffer from) throws IOException;

    /**
     * From now on puts an item on the ready queue, in each pass in which there is something to read or the end has come.
     *
     * @param ready null for never
     */
    void wantRead(@Nullable Runnable ready);

    /**
     * From now on puts an item on the ready queue, in each pass in which bytes would be taken.
     *
     * @param ready null for never
     */
    void wantWrite(@Nullable Runnable ready);

    /** Whether the direction of writing can be ended on its own. */
    boolean canShutdownOutput();

    /** Ends the direction of writing. Everything was sent before. */
    void shutdownOutput() throws IOException;

    /**
     * Sends a part of a file without bringing it into this process's memory, as much as is taken now.
     *
     * @param count 0 to learn whether it can be done
     * @return how many bytes; negative if this kind of port cannot do it
     */
    default long transferFrom(FileChannel file, long position, long count) throws IOException {
        return -1;
    }

    /** A fact about the connection; null if there is none. */
    <T> @Nullable T extra(ExtraInfo<T> key);

    /** Whether nobody need close this: it is the input or the output of the process. */
    default boolean mayBeLeftOpen() {
        return false;
    }

    /** What this is, for messages: {@code socket}, {@code pipe}. */
    String kind();

    /** Closes what is beneath and watches it no more. Idempotent, and never throws. */
    void release();
}
