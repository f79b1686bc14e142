package io.jasyncio.stream;

import io.jasyncio.WaitFuture;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for a read in a future: for his turn, in which the bytes leave the buffer. */
final class ReadFuture<T extends @Nullable Object> extends WaitFuture<T> {

    private final StreamReader reader;
    private final ReadRequest<T> request;

    ReadFuture(StreamReader reader, ReadRequest<T> request) {
        super(reader.loop);
        this.reader = reader;
        this.request = request;
        standIn(reader.line());
    }

    @Override
    protected void turn() {
        if (isDone()) {
            return; // Ended by hand since the wake-up.
        }
        try {
            var result = reader.attempt(request);
            if (result == ReadRequest.NOT_YET) {
                standIn(reader.line());
            } else {
                endWith(StreamReader.resultOf(request, result));
            }
        } catch (Exception failure) {
            failWith(failure);
        }
    }

    @Override
    protected void notTaken(T value) {
        reader.giveBack(request, value);
    }
}
