package io.jasyncio.internal.fiber;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A body on a virtual thread whose scheduler is this very object: whenever the JDK wants the thread to go on, it hands us
 * the thread's continuation, and running that runs the body on the calling thread until it blocks.
 *
 * <p>{@link #resume()} takes the continuation straight from the hand-over and runs it, so that an await costs one entry of
 * the ready queue and not two. A body that blocks in its own way ({@code Thread.sleep}, a blocking socket, a contended
 * monitor) is handed over by a foreign thread, and goes through the ready queue.
 */
final class LoopFiber implements Fiber, Executor {

    private final Executor reschedule;
    private @Nullable Runnable body;
    private @Nullable Thread thread;

    /** The thread's continuation: always the same object, known from the first hand-over on. */
    private @Nullable Runnable continuation;

    /** The thread inside {@link #resume()}: a hand-over by itself is not to be queued. */
    private @Nullable Thread resuming;

    /** Set by {@link #resume()}, taken by {@link #suspend()}: tells our wake-up from a spurious one. */
    private boolean woken;

    LoopFiber(Runnable body, Executor reschedule) {
        this.body = body;
        this.reschedule = reschedule;
    }

    @Override
    public void resume() {
        var known = thread;
        resuming = Thread.currentThread();
        if (known == null) {
            start();
        } else {
            woken = true;
            LockSupport.unpark(known);
        }
        resuming = null;
        var next = continuation;
        if (next != null) {
            next.run();
        }
    }

    private void start() {
        var toRun = body;
        if (toRun != null) {
            body = null;
            var made = VirtualThreads.newScheduled(this, toRun);
            thread = made;
            made.start();
        }
    }

    @Override
    public void suspend() {
        while (!woken) {
            LockSupport.park(this);
            if (!woken) {
                // An interrupt would make every further park return at once; it has no meaning for a task.
                Thread.interrupted();
            }
        }
        woken = false;
    }

    @Override
    public void execute(Runnable handedOver) {
        continuation = handedOver;
        if (resuming != Thread.currentThread()) {
            reschedule.execute(handedOver);
        }
    }
}
