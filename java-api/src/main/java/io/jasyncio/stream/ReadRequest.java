package io.jasyncio.stream;

import io.jasyncio.LoopFuture;
import io.jasyncio.WaitQueue;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * For the runtime: what a read asks for, whatever somebody waits in for it, a future or a coroutine. It takes its bytes in the very moment
 * in which that somebody goes on, and so none are lost if he does not (S101).
 *
 * <p>The reader is told with every call. So the most frequent requests are shared by all connections, and need not come from memory where
 * a thousand of them wait.
 *
 * <p>Thread rule: the loop's.
 *
 * @param <T> what the read gives
 */
public abstract class ReadRequest<T extends @Nullable Object> {

    /** What {@link #begin} and {@link #attempt} return when what is asked for has not come. */
    public static final Object NOT_YET = new Object();

    ReadRequest() {}

    /** See {@link StreamReader#readAsync()}. */
    public static ReadRequest<byte[]> all() {
        return new All();
    }

    /** See {@link StreamReader#readAsync(int)}. */
    public static ReadRequest<byte[]> some(int maxBytes) {
        return Some.upTo(requireNotNegative("maxBytes", maxBytes));
    }

    /** See {@link StreamReader#readExactlyAsync}. */
    public static ReadRequest<byte[]> exactly(int bytes) {
        return new Exactly(requireNotNegative("bytes", bytes));
    }

    /** See {@link StreamReader#readLineAsync}. */
    public static ReadRequest<@Nullable String> line() {
        return new UntilRequest.Line();
    }

    /** See {@link StreamReader#readUntilAsync}. */
    public static ReadRequest<byte[]> until(byte[]... separators) {
        return new UntilRequest.Bytes(SeparatorSearch.requireSeparators(separators));
    }

    /** See {@link StreamReader#moreAsync}. */
    public static ReadRequest<Boolean> more() {
        return More.INSTANCE;
    }

    private static int requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
        return value;
    }

    /**
     * Gives what is asked for if it is there. If it is {@link #NOT_YET}, the caller waits in the {@link #line}, and in his turn makes
     * an {@link #attempt}.
     *
     * @throws IllegalStateException if another read waits
     * @throws Exception what the read fails with
     */
    public final @Nullable Object begin(StreamReader reader) throws Exception {
        reader.requireMayRead();
        return reader.attempt(this);
    }

    /** The same for the one whose turn it is; if it is {@link #NOT_YET} once more, he waits again. */
    public final @Nullable Object attempt(StreamReader reader) throws Exception {
        return reader.attempt(this);
    }

    /** Where to wait; there is one place in it. */
    public final WaitQueue line(StreamReader reader) {
        return reader.line();
    }

    /** The whole of it as a future. */
    public final LoopFuture<T> future(StreamReader reader) {
        return reader.start(this);
    }

    /** Gives what the buffer has if that is enough, and fails if it never will be; else {@link #NOT_YET}. */
    abstract @Nullable Object look(StreamReader reader, ByteQueue buffer, boolean eof) throws Exception;

    /** How many bytes there must be for another look to be worth it, if so many were not enough. */
    int enough(int size) {
        return size + 1;
    }

    /** The result was not taken by anybody: it goes back to the front of the buffer. */
    abstract void giveBack(T result, ByteQueue buffer);

    /** A read that gives the bytes themselves. */
    abstract static class OfBytes extends ReadRequest<byte[]> {

        @Override
        final void giveBack(byte[] result, ByteQueue buffer) {
            buffer.putBack(result);
        }
    }

    /** Up to so many bytes, but at least one. */
    private static final class Some extends OfBytes {

        /** For all loops: a server asks for the same again and again. A race costs an object and nothing else. */
        private static Some last = new Some(0);

        private final int limit;

        Some(int limit) {
            this.limit = limit;
        }

        static Some upTo(int limit) {
            var known = last;
            if (known.limit != limit) {
                known = new Some(limit);
                last = known;
            }
            return known;
        }

        @Override
        Object look(StreamReader reader, ByteQueue buffer, boolean eof) throws Exception {
            if (limit == 0) {
                return ByteQueue.NO_BYTES;
            }
            if (!buffer.isEmpty()) {
                return buffer.take(Math.min(limit, buffer.size()));
            }
            return eof ? reader.atEnd(ByteQueue.NO_BYTES) : NOT_YET;
        }
    }

    /** Everything until the stream ends. */
    private static final class All extends OfBytes {

        @Override
        Object look(StreamReader reader, ByteQueue buffer, boolean eof) throws Exception {
            if (!eof) {
                return NOT_YET;
            }
            reader.atEnd(true);
            return buffer.take(buffer.size());
        }

        @Override
        int enough(int size) {
            return Integer.MAX_VALUE;
        }
    }

    /** So many bytes and no fewer. */
    private static final class Exactly extends OfBytes {

        private final int count;

        Exactly(int count) {
            this.count = count;
        }

        @Override
        Object look(StreamReader reader, ByteQueue buffer, boolean eof) throws Exception {
            if (buffer.size() >= count) {
                return buffer.take(count);
            }
            if (!eof) {
                return NOT_YET;
            }
            reader.atEnd(true);
            throw new IncompleteReadException(buffer.take(buffer.size()), OptionalInt.of(count));
        }

        @Override
        int enough(int size) {
            return count;
        }
    }

    /** Anything that was not shown before; takes nothing. */
    private static final class More extends ReadRequest<Boolean> {

        static final More INSTANCE = new More();

        @Override
        Object look(StreamReader reader, ByteQueue buffer, boolean eof) throws Exception {
            if (buffer.size() > reader.shown()) {
                return true;
            }
            if (eof) {
                return reader.atEnd(false);
            }
            var limit = 2L * reader.limit();
            if (buffer.size() > limit) {
                throw new LimitOverrunException("more than " + limit + " bytes are there already", buffer.size());
            }
            return NOT_YET;
        }

        @Override
        void giveBack(Boolean result, ByteQueue buffer) {}
    }
}
