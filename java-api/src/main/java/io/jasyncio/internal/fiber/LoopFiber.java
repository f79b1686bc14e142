package io.jasyncio.internal.fiber;

import io.jasyncio.ExternalWork;
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
 *
 * <p>All state is the loop's; {@link #execute} alone is called by any thread.
 */
final class LoopFiber implements Fiber, Executor {

    private final FiberBody body;
    private final ExternalWork externalWork;
    private @Nullable Thread thread;

    /** The thread's continuation: always the same object, known from the first hand-over on. */
    private volatile @Nullable Runnable continuation;

    /** The thread inside {@link #resume()}: a hand-over by itself is not to be queued. */
    private @Nullable Thread resuming;

    /** Set by {@link #resume()}, taken by {@link #suspend()}: tells our wake-up from a spurious one. */
    private boolean woken;

    /** The body stands in {@link #suspend()} or has ended: it does not wait for anything of its own. */
    private boolean atRest;

    /** The body waits for something of its own, from which it will come back. */
    private boolean away;

    /** What the body wants the loop's thread to do, {@link #runOutside}. */
    private @Nullable Runnable errand;

    LoopFiber(FiberBody body, ExternalWork externalWork) {
        this.body = body;
        this.externalWork = externalWork;
    }

    @Override
    public void resume() {
        wake();
        goOn();
    }

    /** Runs the body until it blocks, and its errands in between. */
    private void goOn() {
        run();
        for (var toDo = errand; toDo != null; toDo = errand) {
            errand = null;
            toDo.run();
            wake();
            run();
        }
    }

    private void wake() {
        var known = thread;
        resuming = Thread.currentThread();
        if (known == null) {
            start();
        } else {
            woken = true;
            LockSupport.unpark(known);
        }
        resuming = null;
    }

    private void start() {
        var made = VirtualThreads.newScheduled(this, this::runBody);
        thread = made;
        made.start();
    }

    private void runBody() {
        body.runBody();
        atRest = true;
    }

    /** Runs the body until it blocks. */
    private void run() {
        comeBack();
        var next = continuation;
        if (next != null) {
            next.run();
        }
        if (!atRest) {
            away = true;
            externalWork.begin();
        }
    }

    private void comeBack() {
        if (away) {
            away = false;
            externalWork.end();
        }
    }

    @Override
    public void suspend() {
        atRest = true;
        while (!woken) {
            LockSupport.park(this);
            if (!woken) {
                // An interrupt would make every further park return at once; it has no meaning for a task.
                Thread.interrupted();
            }
        }
        woken = false;
        atRest = false;
    }

    /** A virtual thread cannot carry another one, so this body steps down while the action runs. */
    @Override
    public void runOutside(Runnable action) {
        errand = action;
        suspend();
    }

    @Override
    public void execute(Runnable handedOver) {
        var known = continuation;
        if (known == null) {
            continuation = handedOver;
        } else if (known != handedOver) {
            // A virtual thread that the body has started inherits its scheduler. It is none of the loop's business.
            VirtualThreads.ordinaryScheduler().execute(handedOver);
            return;
        }
        if (resuming != Thread.currentThread()) {
            body.continueLater(this::goOn);
        }
    }
}
