package io.jasyncio.benchmarks.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What is left of the numbers of all rounds. The median is what is believed; lowest and highest say how far to believe it.
 */
public record Spread(double median, double lowest, double highest) {

    /** Of one number of each sample. */
    public static <S> Spread of(List<S> samples, ToDoubleFunction<? super S> what) {
        return of(samples.stream().mapToDouble(what));
    }

    /**
     * The quotients of numbers that belong to the same round. A burst of noise that lasts for a round disturbs both
     * sides of its quotient, and leaves that more or less alone.
     *
     * @param references as many as there are samples
     */
    public static <S> Spread ofRatios(List<S> samples, List<S> references, ToDoubleFunction<? super S> what) {
        var ratios = new double[samples.size()];
        Arrays.setAll(
                ratios, round -> what.applyAsDouble(samples.get(round)) / what.applyAsDouble(references.get(round)));
        return of(Arrays.stream(ratios));
    }

    private static Spread of(DoubleStream numbers) {
        var sorted = numbers.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no numbers");
        }
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** As text: the format is given median, lowest and highest, and need not use all of them. */
    public String text(String format) {
        return String.format(Locale.ROOT, format, median, lowest, highest);
    }
}
