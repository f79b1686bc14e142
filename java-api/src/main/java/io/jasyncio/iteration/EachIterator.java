package io.jasyncio.iteration;

import io.jasyncio.Asyncio;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An async iterator as a plain one, which waits in the direct-style body that calls it. */
final class EachIterator<T extends @Nullable Object> implements Iterator<T> {

    private final AsyncIterator<T> source;
    private boolean ended;

    EachIterator(AsyncIterator<T> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (ended) {
            return false;
        }
        try {
            ended = !Asyncio.await(source.hasNextAsync());
        } catch (Throwable failure) {
            ended = true;
            throw closeAfter(failure);
        }
        if (ended) {
            close();
        }
        return !ended;
    }

    private RuntimeException closeAfter(Throwable failure) {
        try {
            Asyncio.await(source.closeAsync());
        } catch (Throwable alsoFailed) {
            if (alsoFailed != failure) {
                failure.addSuppressed(alsoFailed);
            }
        }
        return Sneaky.unchecked(failure);
    }

    private void close() {
        try {
            Asyncio.await(source.closeAsync());
        } catch (Exception failure) {
            throw Sneaky.unchecked(failure);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the sequence has ended");
        }
        return source.next();
    }
}
