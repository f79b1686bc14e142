package io.jasyncio.internal.fiber;

import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Bodies on threads of their own that take turns with the loop's thread. */
final class HandoffFiberFactory implements FiberFactory {

    private final LoopRuntime loop;
    private final Executor threads;
    private final @Nullable ExecutorService pool;

    private HandoffFiberFactory(LoopRuntime loop, Executor threads, @Nullable ExecutorService pool) {
        this.loop = loop;
        this.threads = threads;
        this.pool = pool;
    }

    static HandoffFiberFactory virtual(LoopRuntime loop) {
        var factory = VirtualThreads.ordinary("jasyncio-body-");
        return new HandoffFiberFactory(loop, body -> factory.newThread(body).start(), null);
    }

    /** Threads are kept for the next body, and as many are made as bodies wait at the same time. */
    static HandoffFiberFactory platform(LoopRuntime loop) {
        var count = new AtomicInteger();
        ThreadFactory factory = body -> {
            var thread = new Thread(body, "jasyncio-body-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        var pool =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        return new HandoffFiberFactory(loop, pool, pool);
    }

    @Override
    public Fiber newFiber(FiberBody body) {
        return new HandoffFiber(loop, threads, body);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdown();
        }
    }
}
