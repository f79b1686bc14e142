package io.jasyncio.stream;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.Reclaiming;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A read that somebody asked for: the future of its result, which looks at the buffer until it finds what it needs.
 *
 * @param <T> what the read gives
 */
abstract class ReadRequest<T extends @Nullable Object> extends LoopFuture<T> implements Reclaiming {

    private final StreamReader reader;

    ReadRequest(StreamReader reader) {
        super(reader.loop);
        this.reader = reader;
    }

    /** Ends this if the buffer has what it needs, or will never have. Called again whenever something has come. */
    abstract void look(ByteQueue buffer, boolean eof);

    /** The task that waited was cancelled in the pass in which the bytes came: they are left for the next read (S101). */
    @Override
    public void valueNotTaken() {
        reader.restore(this);
    }

    /** Up to so many bytes, but at least one. */
    static final class Some extends ReadRequest<byte[]> {

        private final int limit;

        Some(StreamReader reader, int limit) {
            super(reader);
            this.limit = limit;
        }

        @Override
        void look(ByteQueue buffer, boolean eof) {
            if (eof || !buffer.isEmpty() || limit == 0) {
                complete(buffer.take(Math.min(limit, buffer.size())));
            }
        }
    }

    /** Everything until the stream ends. */
    static final class All extends ReadRequest<byte[]> {

        All(StreamReader reader) {
            super(reader);
        }

        @Override
        void look(ByteQueue buffer, boolean eof) {
            if (eof) {
                complete(buffer.take(buffer.size()));
            }
        }
    }

    /** So many bytes and no fewer. */
    static final class Exactly extends ReadRequest<byte[]> {

        private final int count;

        Exactly(StreamReader reader, int count) {
            super(reader);
            this.count = count;
        }

        @Override
        void look(ByteQueue buffer, boolean eof) {
            if (buffer.size() >= count) {
                complete(buffer.take(count));
            } else if (eof) {
                completeExceptionally(new IncompleteReadException(buffer.take(buffer.size()), OptionalInt.of(count)));
            }
        }
    }

    /** Anything that was not there before; takes nothing. */
    static final class More extends ReadRequest<Boolean> {

        private final int before;
        private final long limit;

        More(StreamReader reader, int before, long limit) {
            super(reader);
            this.before = before;
            this.limit = limit;
        }

        @Override
        void look(ByteQueue buffer, boolean eof) {
            if (buffer.size() > before) {
                complete(true);
            } else if (eof) {
                complete(false);
            } else if (before > limit) {
                completeExceptionally(
                        new LimitOverrunException("more than " + limit + " bytes are there already", before));
            }
        }
    }
}
