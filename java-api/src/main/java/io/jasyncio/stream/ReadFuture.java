package io.jasyncio.stream;

import io.jasyncio.WaitFuture;
import io.jasyncio.spi.LoopRuntime;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for a read in a future: for his turn, in which the bytes leave the buffer. */
final class ReadFuture<T extends @Nullable Object> extends WaitFuture<T> {

    private final ReadRequest<T> request;

    ReadFuture(LoopRuntime loop, ReadRequest<T> request) {
        super(loop);
        this.request = request;
        standIn(request.line());
    }

    @Override
    protected void turn() {
        if (isDone()) {
            return; // Ended by hand since the wake-up.
        }
        try {
            var result = request.attempt();
            if (result == ReadRequest.NOT_YET) {
                standIn(request.line());
            } else {
                endWith(StreamReader.resultOf(request, result));
            }
        } catch (Exception failure) {
            failWith(failure);
        }
    }

    @Override
    protected void notTaken(T value) {
        request.reader.giveBack(request, value);
    }
}
