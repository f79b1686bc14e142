package io.jasyncio.stream;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A read up to a separator, no further than the reader's limit (S99).
 *
 * @param <T> what the read gives
 */
abstract class UntilRequest<T extends @Nullable Object> extends ReadRequest<T> {

    private final SeparatorSearch search;
    private final int limit;

    UntilRequest(StreamReader reader, SeparatorSearch search, int limit) {
        super(reader);
        this.search = search;
        this.limit = limit;
    }

    @Override
    final void look(ByteQueue buffer, boolean eof) {
        if (search.find(buffer)) {
            if (search.start() > limit) {
                overrun(buffer, "Separator is found, but chunk is longer than limit", search.start(), search.end());
            } else {
                found(buffer, search.start(), search.end());
            }
        } else if (search.searched() > limit) {
            overrun(buffer, "Separator is not found, and chunk exceed the limit", search.searched(), buffer.size());
        } else if (eof) {
            ended(buffer);
        }
    }

    /** There is a separator, from {@code start} to {@code end}. */
    abstract void found(ByteQueue buffer, int start, int end);

    /** The stream ended without a separator. */
    abstract void ended(ByteQueue buffer);

    /** There is no separator within the limit; a chunk with its separator, if it has come, has {@code length} bytes. */
    abstract void overrun(ByteQueue buffer, String message, int consumed, int length);

    /** The bytes with their separator; an overrun leaves everything where it is. */
    static final class Bytes extends UntilRequest<byte[]> {

        Bytes(StreamReader reader, byte[][] separators, int limit) {
            super(reader, new SeparatorSearch(separators), limit);
        }

        @Override
        void found(ByteQueue buffer, int start, int end) {
            complete(buffer.take(end));
        }

        @Override
        void ended(ByteQueue buffer) {
            completeExceptionally(new IncompleteReadException(buffer.take(buffer.size()), OptionalInt.empty()));
        }

        @Override
        void overrun(ByteQueue buffer, String message, int consumed, int length) {
            completeExceptionally(new LimitOverrunException(message, consumed));
        }
    }

    /** The text of a line without its end; null at the end of the stream. An overrun drops the line (S100). */
    static final class Line extends UntilRequest<@Nullable String> {

        Line(StreamReader reader, int limit) {
            super(reader, new SeparatorSearch(SeparatorSearch.NEWLINE), limit);
        }

        @Override
        void found(ByteQueue buffer, int start, int end) {
            var length = start > 0 && buffer.at(start - 1) == '\r' ? start - 1 : start;
            var line = buffer.peekText(length);
            buffer.skip(end);
            complete(line);
        }

        @Override
        void ended(ByteQueue buffer) {
            var size = buffer.size();
            var rest = size == 0 ? null : buffer.peekText(size);
            buffer.skip(size);
            complete(rest);
        }

        @Override
        void overrun(ByteQueue buffer, String message, int consumed, int length) {
            buffer.skip(length);
            completeExceptionally(new LimitOverrunException(message, consumed));
        }
    }
}
