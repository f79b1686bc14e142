package io.jasyncio.internal.fiber;

import java.util.concurrent.Executor;

/** Virtual threads that the loop schedules: nothing is pooled, nothing is left to close. */
final class LoopFiberFactory implements FiberFactory {

    @Override
    public Fiber newFiber(Runnable body, Executor reschedule) {
        return new LoopFiber(body, reschedule);
    }

    @Override
    public void close() {}
}
