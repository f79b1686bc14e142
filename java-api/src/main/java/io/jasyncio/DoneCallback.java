package io.jasyncio;

import io.jasyncio.spi.CompletionListener;
import io.jasyncio.spi.ReadyItem;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A callback of {@link LoopFuture#addDoneCallback}: goes through the ready queue, never inline (S22). */
final class DoneCallback<T extends @Nullable Object> implements CompletionListener, ReadyItem {

    private final LoopFuture<T> future;
    private final Consumer<? super LoopFuture<T>> callback;
    private @Nullable Context context;

    DoneCallback(LoopFuture<T> future, Consumer<? super LoopFuture<T>> callback, @Nullable Context context) {
        this.future = future;
        this.callback = callback;
        this.context = context;
    }

    boolean calls(Consumer<?> other) {
        return callback.equals(other);
    }

    @Override
    public void completed(LoopFuture<?> ended) {
        future.loop.schedule(this);
    }

    @Override
    public void run() {
        callback.accept(future);
    }

    @Override
    public @Nullable Task<?> task() {
        return null;
    }

    @Override
    public Context getContext() {
        var known = context;
        if (known == null) {
            known = new Context();
            context = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "callback " + callback + " of " + future;
    }
}
