package io.jasyncio.benchmarks.memory;

import java.lang.management.ManagementFactory;

/**
 * The program of a child JVM: a crowd falls asleep. Prints the bytes that each sleeper keeps alive, and ends with status 0;
 * or the heap is too small for it, and it ends otherwise.
 */
public final class SleeperChild {

    private SleeperChild() {}

    /** Arguments: the name of a {@link Crowd}, and how many sleepers. */
    public static void main(String[] args) throws Exception {
        var count = Integer.parseInt(args[1]);
        Crowd.named(args[0]).sleepers().sleep(count, new HeapGauge(count));
    }

    private static final class HeapGauge implements Sleepers.Gauge {
        private final int count;
        private long before;

        HeapGauge(int count) {
            this.count = count;
        }

        @Override
        public void before() {
            before = liveBytes();
        }

        @Override
        public void allAsleep() {
            System.out.println((liveBytes() - before) / count);
            // Nobody is to wake up: to take a million sleepers apart is another question than to hold them.
            Runtime.getRuntime().halt(0);
        }

        private static long liveBytes() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }
}
