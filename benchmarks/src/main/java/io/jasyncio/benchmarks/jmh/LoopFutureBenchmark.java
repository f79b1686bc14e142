package io.jasyncio.benchmarks.jmh;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.spi.CompletionListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A future's life, beside the same life of a plain {@link CompletableFuture}. The loop does not run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LoopFutureBenchmark {

    private EventLoop loop = EventLoop.create();
    private long told;
    private final CompletionListener listener = future -> told++;

    /** A fresh loop. */
    @Setup
    public void open() {
        loop.close();
        loop = EventLoop.create();
    }

    /** Lets the selector go. */
    @TearDown
    public void close() {
        loop.close();
    }

    /** Made and completed, and nobody waits. */
    @Benchmark
    public LoopFuture<Integer> complete() {
        var future = loop.<Integer>createFuture();
        future.complete(1);
        return future;
    }

    /** With one listener: what each await costs. */
    @Benchmark
    public long completeWithListener() {
        var future = loop.<Integer>createFuture();
        future.addListener(listener);
        future.complete(1);
        return told;
    }

    /** With three. */
    @Benchmark
    public long completeWithThreeListeners() {
        var future = loop.<Integer>createFuture();
        future.addListener(listener);
        future.addListener(listener);
        future.addListener(listener);
        future.complete(1);
        return told;
    }

    /** A stage on a stage, as stage-style code has them. */
    @Benchmark
    public int thenApply() {
        var future = loop.<Integer>createFuture();
        var next = future.thenApply(value -> value + 1);
        future.complete(1);
        return next.getNow(0);
    }

    /** The same on a plain future. */
    @Benchmark
    public int thenApplyOfCompletableFuture() {
        var future = new CompletableFuture<Integer>();
        var next = future.thenApply(value -> value + 1);
        future.complete(1);
        return next.getNow(0);
    }
}
