package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The executor for blocking work of a loop: made when first needed, shut down with the loop (S124). Loop only. */
public final class DefaultExecutor {

    /** As many threads as Python gives its default executor. */
    private static final int THREADS = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);

    private final LoopRuntime loop;
    private final ExternalWork externalWork;
    private @Nullable ExecutorService executor;

    /** The executor, if the loop has made it. */
    private @Nullable ExecutorService own;

    private boolean shutDown;

    DefaultExecutor(LoopRuntime loop, ExternalWork externalWork) {
        this.loop = loop;
        this.externalWork = externalWork;
    }

    /** {@link EventLoop#runInExecutor}. */
    public <T extends @Nullable Object> LoopFuture<T> run(@Nullable Executor given, Callable<T> function) {
        var work = new ExecutorFuture<T>(loop, externalWork, Objects.requireNonNull(function, "function"));
        work.start(given == null ? executor() : given);
        return work;
    }

    /** {@link EventLoop#setDefaultExecutor}. */
    public void set(ExecutorService replacement) {
        Objects.requireNonNull(replacement, "executor");
        if (own != null) {
            // Nobody else knows it. What it runs goes on; its threads end afterwards.
            own.shutdown();
            own = null;
        }
        executor = replacement;
    }

    private ExecutorService executor() {
        if (shutDown) {
            throw new IllegalStateException(
                    "the default executor of this loop was shut down: Executor shutdown has been" + " called");
        }
        var known = executor;
        if (known == null) {
            known = newPool("jasyncio-worker", THREADS);
            executor = known;
            own = known;
        }
        return known;
    }

    /**
     * For the runtime: a pool for blocking work of a loop. Its threads end when they have nothing to do, and a loop that somebody forgot
     * to close does not keep the process alive by them.
     *
     * @param threadName followed by a number
     */
    public static ExecutorService newPool(String threadName, int threads) {
        var count = new AtomicInteger();
        ThreadFactory factory = work -> {
            var thread = new Thread(work, threadName + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        var pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** {@link EventLoop#shutdownDefaultExecutor}. */
    public LoopFuture<@Nullable Void> shutdown(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        shutDown = true;
        var ended = new LoopFuture<@Nullable Void>(loop);
        var toEnd = executor;
        if (toEnd == null) {
            ended.finish(null);
            return ended;
        }
        executor = null;
        toEnd.shutdown();
        if (toEnd.isTerminated()) {
            ended.finish(null);
            return ended;
        }
        externalWork.begin();
        var waiter = new Thread(() -> awaitEnd(toEnd, timeout, ended), "jasyncio-executor-shutdown");
        waiter.setDaemon(true);
        waiter.start();
        return ended;
    }

    private void awaitEnd(ExecutorService toEnd, Duration timeout, LoopFuture<@Nullable Void> ended) {
        var terminated = false;
        try {
            terminated = toEnd.awaitTermination(Deadlines.clampedNanos(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException nobodyDoesThis) {
            Thread.currentThread().interrupt();
        }
        if (!terminated) {
            loop.services()
                    .logWarning("The executor did not finish its work within " + timeout.toSeconds()
                            + " seconds; the loop does not wait for it any longer");
        }
        loop.schedule(() -> {
            externalWork.end();
            ended.finish(null);
        });
    }

    /** The loop closes: no new work, and nobody waits for what runs (S9). */
    void shutdownNow() {
        shutDown = true;
        if (executor != null) {
            executor.shutdown();
        }
    }
}
