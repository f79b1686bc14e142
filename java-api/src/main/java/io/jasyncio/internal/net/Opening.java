package io.jasyncio.internal.net;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Reclaiming;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody gets who has something opened. It is closed again if he does not take it (S44): because the wait was cancelled while it
 * was being opened, or in the very pass in which it was. Loop only.
 *
 * @param <C> what is opened
 * @param <S> what he gets
 */
public final class Opening<C, S extends @Nullable Object> extends LoopFuture<S> implements Reclaiming {

    private final LoopFuture<C> opening;
    private final Function<? super C, ? extends S> result;
    private final Consumer<? super C> undo;

    /**
     * A future that goes along with another one, in both directions.
     *
     * @param result what he gets of what was opened
     * @param undo closes it
     */
    public Opening(LoopFuture<C> opening, Function<? super C, ? extends S> result, Consumer<? super C> undo) {
        super((LoopRuntime) opening.getLoop());
        this.opening = opening;
        this.result = result;
        this.undo = undo;
        whenEnded(() -> {
            if (isCancelled()) {
                opening.cancel();
            }
        });
        opening.addListener(ended -> opened());
    }

    private void opened() {
        if (opening.isCancelled()) {
            cancel();
        } else if (opening.isCompletedExceptionally()) {
            completeExceptionally(Objects.requireNonNull(opening.exception()));
        } else if (!complete(result.apply(opening.join()))) {
            valueNotTaken();
        }
    }

    @Override
    public void valueNotTaken() {
        undo.accept(opening.join());
    }
}
