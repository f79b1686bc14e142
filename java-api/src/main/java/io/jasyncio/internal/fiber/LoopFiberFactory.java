package io.jasyncio.internal.fiber;

import io.jasyncio.ExternalWork;

/** Virtual threads that the loop schedules: nothing is pooled, nothing is left to close. */
final class LoopFiberFactory implements FiberFactory {

    private final ExternalWork externalWork;

    LoopFiberFactory(ExternalWork externalWork) {
        this.externalWork = externalWork;
    }

    @Override
    public Fiber newFiber(FiberBody body) {
        return new LoopFiber(body, externalWork);
    }

    @Override
    public void close() {}
}
