package io.jasyncio.benchmarks.jmh;

import io.jasyncio.runtime.loop.TimerNode;
import io.jasyncio.runtime.loop.TimerQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The heap of timers, with many others in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TimerQueueBenchmark {

    /** How many timers stand in the queue all the while. */
    @Param({"10", "1000", "100000"})
    public int standing;

    private final Random random = new Random(1);
    private TimerQueue queue = new TimerQueue();
    private long now;

    /** Spreads the standing timers over a second. */
    @Setup
    public void fill() {
        queue = new TimerQueue();
        now = 0;
        for (var i = 0; i < standing; i++) {
            queue.add(new Timer(within(1_000_000_000)));
        }
    }

    /** The earliest timer fires and another one is set: what a loop full of sleepers does. */
    @Benchmark
    public TimerNode fireAndSet() {
        var due = queue.peek();
        if (due == null) {
            throw new IllegalStateException("the queue is empty");
        }
        queue.remove(due);
        now = due.deadlineNanos;
        queue.add(new Timer(now + within(1_000_000_000)));
        return due;
    }

    /** A timer is set and cancelled before its time: what a timeout does. */
    @Benchmark
    public boolean setAndCancel() {
        var timeout = new Timer(now + within(1_000_000_000));
        queue.add(timeout);
        return queue.remove(timeout);
    }

    private long within(int nanos) {
        return 1 + random.nextInt(nanos);
    }

    private static final class Timer extends TimerNode {
        Timer(long deadlineNanos) {
            super(deadlineNanos);
        }

        @Override
        public void run() {}
    }
}
