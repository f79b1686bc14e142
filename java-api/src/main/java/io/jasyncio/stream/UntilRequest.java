package io.jasyncio.stream;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A read up to a separator, no further than the reader's limit (S99).
 *
 * @param <T> what the read gives
 */
abstract class UntilRequest<T extends @Nullable Object> extends ReadRequest<T> {

    private final SeparatorSearch search;

    UntilRequest(SeparatorSearch search) {
        this.search = search;
    }

    @Override
    final @Nullable Object look(StreamReader reader, ByteQueue buffer, boolean eof) throws Exception {
        var limit = reader.limit();
        if (search.find(buffer)) {
            if (search.start() > limit) {
                overrun(buffer, search.end());
                throw new LimitOverrunException("Separator is found, but chunk is longer than limit", search.start());
            }
            return found(buffer, search.start(), search.end());
        }
        if (search.searched() > limit) {
            overrun(buffer, buffer.size());
            throw new LimitOverrunException("Separator is not found, and chunk exceed the limit", search.searched());
        }
        if (!eof) {
            return NOT_YET;
        }
        reader.atEnd(true);
        return ended(buffer);
    }

    /** There is a separator, from {@code start} to {@code end}. */
    abstract T found(ByteQueue buffer, int start, int end);

    /** The stream ended without a separator. */
    abstract T ended(ByteQueue buffer) throws Exception;

    /** There is no separator within the limit; a chunk with its separator, if it has come, has {@code length} bytes. */
    abstract void overrun(ByteQueue buffer, int length);

    /** The bytes with their separator; an overrun leaves everything where it is. */
    static final class Bytes extends UntilRequest<byte[]> {

        Bytes(byte[][] separators) {
            super(new SeparatorSearch(separators));
        }

        @Override
        byte[] found(ByteQueue buffer, int start, int end) {
            return buffer.take(end);
        }

        @Override
        byte[] ended(ByteQueue buffer) throws Exception {
            throw new IncompleteReadException(buffer.take(buffer.size()), OptionalInt.empty());
        }

        @Override
        void overrun(ByteQueue buffer, int length) {}

        @Override
        void giveBack(byte[] result, ByteQueue buffer) {
            buffer.putBack(result);
        }
    }

    /** The text of a line without its end; null at the end of the stream. An overrun drops the line (S100). */
    static final class Line extends UntilRequest<@Nullable String> {

        Line() {
            super(new SeparatorSearch(SeparatorSearch.NEWLINE));
        }

        @Override
        String found(ByteQueue buffer, int start, int end) {
            var length = start > 0 && buffer.at(start - 1) == '\r' ? start - 1 : start;
            var line = buffer.peekText(length);
            buffer.skip(end);
            return line;
        }

        @Override
        @Nullable
        String ended(ByteQueue buffer) {
            var size = buffer.size();
            var rest = size == 0 ? null : buffer.peekText(size);
            buffer.skip(size);
            return rest;
        }

        @Override
        void overrun(ByteQueue buffer, int length) {
            buffer.skip(length);
        }

        /** It will be read as the same line again, which is what counts; the last line may have had no end. */
        @Override
        void giveBack(@Nullable String result, ByteQueue buffer) {
            if (result != null) {
                buffer.putBack((result + '\n').getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
