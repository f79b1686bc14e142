package io.jasyncio.benchmarks.harness;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints Markdown: a heading with what it was measured on, then a table, row by row as they come. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void begin(Arguments arguments, Commands commands) {
        out.println("JDK " + Runtime.version() + " (" + System.getProperty("java.vm.name") + "), "
                + String.join(" ", commands.jvmFlags()) + "; " + System.getProperty("os.name") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores.");
        out.println(arguments.rounds() + " rounds, one sample of each contender in each; a sample takes "
                + arguments.sampleMillis() + " ms or more, after " + arguments.warmUpMillis()
                + " ms of warm-up; a process for each contender.");
        out.println(
                commands.python().isEmpty()
                        ? "No CPython was found (JASYNCIO_PYTHON names one), so it is missing."
                        : commands.pythonVersion() + ".");
        out.println();
        out.println("Nanoseconds, processor nanoseconds and bytes are per operation. The ratio is to the contender in"
                + " bold: the median over the rounds of the quotients within a round.");
        out.println();
        out.println(
                "| row | operation | contender | ns | lowest - highest | ratio | lowest - highest | cpu ns | ratio | bytes |");
        out.println("|---|---|---|---:|---:|---:|---:|---:|---:|---:|");
        out.flush();
    }

    void row(Row row, Map<String, List<Sample>> samples) {
        var first = true;
        for (var contender : samples.keySet()) {
            var taken = samples.get(contender);
            var nanos = spread(taken, Sample::nanosPerOperation);
            var cpu = spread(taken, Sample::cpuNanosPerOperation);
            var isReference = contender.equals(row.reference());
            out.println("| " + (first ? row.name() : "") + " | " + (first ? row.title() : "") + " | "
                    + (isReference ? "**" + contender + "**" : contender) + " | "
                    + number(nanos.median()) + " | " + range(nanos) + " | "
                    + ratio(samples.get(row.reference()), taken) + " | "
                    + number(cpu.median()) + " | "
                    + cpuRatio(samples.get(row.reference()), taken) + " | " + bytes(taken) + " |");
            first = false;
        }
        out.flush();
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> what) {
        return Spread.of(samples.stream().mapToDouble(what));
    }

    private static String ratio(List<Sample> references, List<Sample> samples) {
        if (references == null) {
            return "- | -";
        }
        var ratios = Spread.ofRatios(perOperation(samples), perOperation(references));
        return String.format(Locale.ROOT, "%.2f | %.2f - %.2f", ratios.median(), ratios.lowest(), ratios.highest());
    }

    /** Where others use the machine as well, the quotient of the processor times is the one to believe. */
    private static String cpuRatio(List<Sample> references, List<Sample> samples) {
        return references == null
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.2f",
                        Spread.ofRatios(cpuPerOperation(samples), cpuPerOperation(references))
                                .median());
    }

    private static double[] cpuPerOperation(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::cpuNanosPerOperation).toArray();
    }

    private static double[] perOperation(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::nanosPerOperation).toArray();
    }

    private static String bytes(List<Sample> samples) {
        var known = samples.get(0).bytes() != Sample.UNKNOWN;
        return known
                ? String.format(
                        Locale.ROOT,
                        "%.0f",
                        spread(samples, Sample::bytesPerOperation).median())
                : "-";
    }

    private static String range(Spread spread) {
        return number(spread.lowest()) + " - " + number(spread.highest());
    }

    private static String number(double nanos) {
        return String.format(Locale.ROOT, nanos < 100 ? "%.1f" : "%.0f", nanos);
    }
}
