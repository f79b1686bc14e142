package io.jasyncio.benchmarks.jmh;

import io.jasyncio.runtime.loop.ReadyQueue;
import io.jasyncio.runtime.loop.RemoteQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The loop's two queues: its own, and the door for other threads as the loop sees it when nobody knocks at the same time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadyQueueBenchmark {

    private static final int PASS = 100;

    private final Runnable item = () -> {};
    private final ReadyQueue ready = new ReadyQueue();
    private final RemoteQueue remote = new RemoteQueue(() -> {});

    /** A pass of the loop: some items in, the same items out. */
    @Benchmark
    @OperationsPerInvocation(PASS)
    public Runnable addAndRemove() {
        var last = item;
        for (var i = 0; i < PASS; i++) {
            ready.add(item);
        }
        for (var i = 0; i < PASS; i++) {
            last = ready.next();
        }
        return last;
    }

    /** Through the door of other threads, and over into the loop's own queue. */
    @Benchmark
    @OperationsPerInvocation(PASS)
    public Runnable offerDrainAndRemove() {
        for (var i = 0; i < PASS; i++) {
            remote.offer(item);
        }
        remote.drainTo(ready);
        var last = item;
        for (var i = 0; i < PASS; i++) {
            last = ready.next();
        }
        return last;
    }

    /** What each pass of the loop asks, nearly always in vain. */
    @Benchmark
    public boolean drainNothing() {
        remote.drainTo(ready);
        return ready.isEmpty();
    }
}
