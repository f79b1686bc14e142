package io.jasyncio.stream;

import io.jasyncio.iteration.AsyncIterator;
import io.jasyncio.spi.LoopBinding;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a reader gives read by read. Holds the result that {@link #hasNextAsync} has found. */
final class ReadIterator<T> implements AsyncIterator<T> {

    private final StreamReader reader;
    private final Supplier<ReadRequest<T>> reads;
    private final Predicate<? super @Nullable T> isEnd;
    private @Nullable T found;
    private boolean closed;

    /**
     * An iterator over the results of reads.
     *
     * @param reads makes the next one
     * @param isEnd whether a result means the end of the stream
     */
    ReadIterator(StreamReader reader, Supplier<ReadRequest<T>> reads, Predicate<? super @Nullable T> isEnd) {
        this.reader = reader;
        this.reads = reads;
        this.isEnd = isEnd;
    }

    @Override
    public CompletionStage<Boolean> hasNextAsync() {
        if (found != null || closed) {
            return LoopBinding.current("hasNextAsync").services().answer(found != null);
        }
        return reader.start(new Next());
    }

    @Override
    public T next() {
        var next = found;
        if (next == null) {
            throw new NoSuchElementException("there is no next element: ask hasNextAsync() first");
        }
        found = null;
        return next;
    }

    /** What was found and not taken goes back. */
    @Override
    public CompletionStage<@Nullable Void> closeAsync() {
        closed = true;
        if (found != null) {
            reader.giveBack(reads.get(), next());
        }
        return LoopBinding.current("closeAsync").services().completed();
    }

    private final class Next extends ReadRequest<Boolean> {

        private final ReadRequest<T> read = reads.get();

        @Override
        Object look(StreamReader reader, ByteQueue buffer, boolean eof) throws Exception {
            var result = read.look(reader, buffer, eof);
            if (result == NOT_YET) {
                return NOT_YET;
            }
            var element = StreamReader.resultOf(read, result);
            found = isEnd.test(element) ? null : element;
            return found != null;
        }

        /** The iterator keeps it for whoever asks next. */
        @Override
        void giveBack(Boolean result, ByteQueue buffer) {}
    }
}
