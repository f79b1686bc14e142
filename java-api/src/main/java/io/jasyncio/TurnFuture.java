package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import org.jspecify.annotations.Nullable;

/**
 * The future of somebody who waits in a line and for nothing but his turn: what a turn means is the line's business.
 *
 * @param <T> what he is told when it comes
 */
public final class TurnFuture<T extends @Nullable Object> extends WaitFuture<T> {

    private final WaitQueue line;
    private final T value;

    /** Somebody who waits at the end of the line. */
    public TurnFuture(LoopRuntime loop, WaitQueue line, T value) {
        super(loop);
        this.line = line;
        this.value = value;
        standIn(line);
    }

    @Override
    protected void turn() {
        if (!endWith(value)) {
            line.gaveBack();
        }
    }

    @Override
    protected void notTaken(T unused) {
        line.gaveBack();
    }
}
