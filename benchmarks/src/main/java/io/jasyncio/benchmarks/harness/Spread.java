package io.jasyncio.benchmarks.harness;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * What is left of the numbers of all rounds. The median is what is believed; lowest and highest say how far to believe it.
 */
public record Spread(double median, double lowest, double highest) {

    public static Spread of(DoubleStream numbers) {
        var sorted = numbers.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no numbers");
        }
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /**
     * The quotients of numbers that belong to the same round. A burst of noise that lasts for a round disturbs both
     * sides of its quotient, and leaves that more or less alone.
     */
    public static Spread ofRatios(double[] numbers, double[] references) {
        var ratios = new double[numbers.length];
        Arrays.setAll(ratios, round -> numbers[round] / references[round]);
        return of(Arrays.stream(ratios));
    }
}
