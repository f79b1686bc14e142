package io.jasyncio.benchmarks.harness;

import java.util.Arrays;

/**
 * One measurement.
 *
 * @param operations how many operations were done
 * @param nanos how long they took
 * @param cpuNanos the processor time of the whole process meanwhile, garbage collection and compiler included
 * @param bytes what was allocated, or {@link #UNKNOWN}
 */
public record Sample(long operations, long nanos, long cpuNanos, long bytes) {

    /** Where an interpreter does not say what it allocates. */
    public static final long UNKNOWN = -1;

    /** As one line, the way that children of any language print it. */
    public String encode() {
        return operations + " " + nanos + " " + cpuNanos + " " + bytes;
    }

    static Sample decode(String line) {
        var numbers =
                Arrays.stream(line.trim().split(" ")).mapToLong(Long::parseLong).toArray();
        if (numbers.length != 4) {
            throw new IllegalArgumentException("a sample has four numbers; the child said: " + line);
        }
        return new Sample(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    double nanosPerOperation() {
        return (double) nanos / operations;
    }

    double cpuNanosPerOperation() {
        return (double) cpuNanos / operations;
    }

    double bytesPerOperation() {
        return (double) bytes / operations;
    }
}
