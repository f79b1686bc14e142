package io.jasyncio.iteration;

import io.jasyncio.spi.LoopBinding;
import io.jasyncio.spi.LoopRuntime;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A plain iterator as an async one, which never has to wait. */
final class IterableIterator<T extends @Nullable Object> implements AsyncIterator<T> {

    private final LoopRuntime loop = LoopBinding.current("asyncIterator");
    private final Iterator<? extends T> source;
    private boolean found;
    private boolean ended;

    IterableIterator(Iterator<? extends T> source) {
        this.source = source;
    }

    @Override
    public CompletionStage<Boolean> hasNextAsync() {
        if (!found && !ended) {
            try {
                found = source.hasNext();
            } catch (Throwable failure) {
                ended = true;
                return loop.services().failed(failure);
            }
            ended = !found;
        }
        return loop.services().answer(found);
    }

    @Override
    public T next() {
        if (!found) {
            throw new NoSuchElementException("there is no next element: ask hasNextAsync() first");
        }
        found = false;
        return source.next();
    }

    @Override
    public CompletionStage<@Nullable Void> closeAsync() {
        ended = true;
        found = false;
        return loop.services().completed();
    }
}
