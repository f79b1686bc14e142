package io.jasyncio.benchmarks.harness;

/** Something to measure: does an operation many times, and times that with the watch it is given. */
@FunctionalInterface
public interface Scenario {

    /**
     * Does the operation, and starts and stops the watch exactly around it: what it takes to make a loop is not measured.
     * A scenario that works in batches may do more operations than it was asked for, and says so with
     * {@link Stopwatch#stop}.
     *
     * @param operations how many, at least 1
     */
    void run(long operations, Stopwatch watch) throws Exception;
}
