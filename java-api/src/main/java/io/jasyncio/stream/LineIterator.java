package io.jasyncio.stream;

import io.jasyncio.iteration.AsyncIterator;
import io.jasyncio.spi.LoopBinding;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The lines of a reader. Holds the one that {@link #hasNextAsync} has found. */
final class LineIterator implements AsyncIterator<String> {

    private final StreamReader reader;
    private @Nullable String line;
    private boolean closed;

    LineIterator(StreamReader reader) {
        this.reader = reader;
    }

    @Override
    public CompletionStage<Boolean> hasNextAsync() {
        if (line != null || closed) {
            return LoopBinding.current("hasNextAsync").services().answer(line != null);
        }
        return reader.start(new Next());
    }

    @Override
    public String next() {
        var next = line;
        if (next == null) {
            throw new NoSuchElementException("there is no next line: ask hasNextAsync() first");
        }
        line = null;
        return next;
    }

    /** A line that was found and not taken goes back. */
    @Override
    public CompletionStage<@Nullable Void> closeAsync() {
        closed = true;
        if (line != null) {
            reader.giveBack(ReadRequest.line(reader), next());
        }
        return LoopBinding.current("closeAsync").services().completed();
    }

    private final class Next extends ReadRequest<Boolean> {

        private final ReadRequest<@Nullable String> search = ReadRequest.line(LineIterator.this.reader);

        Next() {
            super(LineIterator.this.reader);
        }

        @Override
        @Nullable
        Object look(ByteQueue buffer, boolean eof) throws Exception {
            var found = search.look(buffer, eof);
            if (found == NOT_YET) {
                return found;
            }
            line = (String) found;
            return line != null;
        }

        /** The iterator keeps it for whoever asks next. */
        @Override
        void giveBack(Boolean result, ByteQueue buffer) {}
    }
}
