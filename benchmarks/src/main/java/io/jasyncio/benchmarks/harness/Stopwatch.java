package io.jasyncio.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Takes one {@link Sample}: the time, the processor time of the whole process and what its threads allocated. Any thread
 * may start and stop it; who does both in different threads orders the two calls.
 */
public final class Stopwatch {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocatedBefore;
    private long cpuBefore;
    private long started;
    private Sample sample = new Sample(0, 0, 0, Sample.UNKNOWN);

    /** From here on it counts. */
    public void start() {
        allocatedBefore = allocatedBytes();
        cpuBefore = PROCESS.getProcessCpuTime();
        started = System.nanoTime();
    }

    /** Up to here it counted: that many operations. */
    public void stop(long operations) {
        var took = System.nanoTime() - started;
        var cpu = PROCESS.getProcessCpuTime() - cpuBefore;
        sample = new Sample(operations, took, cpu, allocatedBytes() - allocatedBefore);
    }

    /** What was measured last. */
    public Sample sample() {
        return sample;
    }

    /** Of all live platform threads. What a virtual thread allocates counts for the thread that carries it. */
    private static long allocatedBytes() {
        var total = 0L;
        for (var bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            total += Math.max(bytes, 0);
        }
        return total;
    }
}
