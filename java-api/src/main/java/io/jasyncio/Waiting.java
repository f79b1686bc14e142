package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@link Asyncio#wait} returns (S78): never cancels what it waits for, and lets go of it in every case. */
final class Waiting<T extends @Nullable Object, F extends LoopFuture<? extends T>> extends LoopFuture<WaitResult<F>> {

    private final Set<F> futures;
    private final ReturnWhen returnWhen;

    /** One object, so that it can be taken away again. */
    private final Consumer<LoopFuture<?>> onDone = this::futureEnded;

    private final Set<F> done = new LinkedHashSet<>();
    private final Set<F> pending = new LinkedHashSet<>();
    private int unfinished;
    private @Nullable TimerHandle timer;

    Waiting(LoopRuntime loop, Collection<F> futures, ReturnWhen returnWhen) {
        super(loop);
        this.futures = new LinkedHashSet<>(futures);
        this.returnWhen = returnWhen;
    }

    LoopFuture<WaitResult<F>> start(@Nullable Duration timeout) {
        unfinished = futures.size();
        if (timeout != null) {
            timer = loop.callLater(timeout, this::end);
        }
        futures.forEach(future -> future.addDoneCallback(onDone, null));
        return this;
    }

    private void futureEnded(LoopFuture<?> future) {
        unfinished--;
        var enough = switch (returnWhen) {
            case FIRST_COMPLETED -> true;
            case FIRST_EXCEPTION -> unfinished == 0 || failed(future);
            case ALL_COMPLETED -> unfinished == 0;
        };
        if (enough) {
            end();
        }
    }

    private static boolean failed(LoopFuture<?> future) {
        return future.isCompletedExceptionally() && !future.isCancelled();
    }

    private void end() {
        if (isDone()) {
            return;
        }
        letGo();
        sort();
        if (!pending.isEmpty()) {
            // Right before the waiting task, which goes on one pass later: what ends until then has ended for it (S78).
            loop.schedule(this::sort);
        }
        finish(new WaitResult<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending)));
    }

    private void sort() {
        done.clear();
        pending.clear();
        futures.forEach(future -> (future.isDone() ? done : pending).add(future));
    }

    private void letGo() {
        if (timer != null) {
            timer.cancel();
        }
        futures.forEach(future -> future.removeDoneCallback(onDone));
    }

    @Override
    boolean cancelHere(@Nullable String message) {
        letGo();
        return fail(message == null ? new CancellationException() : new CancellationException(message));
    }
}
