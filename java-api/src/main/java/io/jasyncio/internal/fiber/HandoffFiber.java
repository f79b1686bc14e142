package io.jasyncio.internal.fiber;

import io.jasyncio.spi.CurrentLoop;
import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A body on a thread of its own. Exactly one of two threads runs, the loop's or the body's: {@link #bodysTurn} says which,
 * and whoever has the turn gives it away and parks until it comes back.
 */
final class HandoffFiber implements Fiber {

    private final LoopRuntime loop;
    private final Executor threads;
    private final FiberBody body;

    /** The turn. Written by the side that has it, read by the side that waits: carries all other state across. */
    private volatile boolean bodysTurn;

    /** Written by the loop before it gives the turn away. */
    private @Nullable Thread loopThread;

    /** Written by the body's thread in its first turn. */
    private @Nullable Thread bodyThread;

    private boolean started;

    HandoffFiber(LoopRuntime loop, Executor threads, FiberBody body) {
        this.loop = loop;
        this.threads = threads;
        this.body = body;
    }

    @Override
    public void resume() {
        loopThread = Thread.currentThread();
        bodysTurn = true;
        if (started) {
            LockSupport.unpark(bodyThread);
        } else {
            started = true;
            threads.execute(this::runBody);
        }
        parkWhile(true);
    }

    @Override
    public void suspend() {
        giveTurnBack();
        parkWhile(false);
    }

    @Override
    public void runOutside(Runnable action) {
        action.run();
    }

    private void runBody() {
        bodyThread = Thread.currentThread();
        CurrentLoop.set(loop);
        try {
            body.runBody();
        } finally {
            CurrentLoop.set(null);
            giveTurnBack();
        }
    }

    private void giveTurnBack() {
        var toWake = loopThread;
        bodysTurn = false;
        LockSupport.unpark(toWake);
    }

    /** Parks while the turn is the other side's. An interrupt must neither end the wait nor make it spin. */
    private void parkWhile(boolean othersTurn) {
        var interrupted = false;
        while (bodysTurn == othersTurn) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
