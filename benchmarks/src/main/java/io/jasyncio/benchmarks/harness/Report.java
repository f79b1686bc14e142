package io.jasyncio.benchmarks.harness;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
                commands.python().isThere()
                        ? commands.python().version() + "."
                        : "CPython is left out: " + commands.python().whyNot() + ".");
        out.println();
        out.println("Nanoseconds, processor nanoseconds and bytes are per operation. The ratio is to the contender in"
                + " bold: the median over the rounds of the quotients within a round.");
        out.println();
        out.println(
                "| row | operation | contender | ns | lowest - highest | ratio | lowest - highest | cpu ns | ratio |"
                        + " bytes |");
        out.println("|---|---|---|---:|---:|---:|---:|---:|---:|---:|");
        out.flush();
    }

    void row(Row row, Map<String, List<Sample>> samples) {
        var first = true;
        for (var contender : samples.keySet()) {
            var taken = samples.get(contender);
            var nanos = Spread.of(taken, Sample::nanosPerOperation);
            var cpu = Spread.of(taken, Sample::cpuNanosPerOperation);
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

    private static String ratio(List<Sample> references, List<Sample> samples) {
        return references == null
                ? "- | -"
                : Spread.ofRatios(samples, references, Sample::nanosPerOperation)
                        .text("%.2f | %.2f - %.2f");
    }

    /** Where others use the machine as well, the quotient of the processor times is the one to believe. */
    private static String cpuRatio(List<Sample> references, List<Sample> samples) {
        return references == null
                ? "-"
                : Spread.ofRatios(samples, references, Sample::cpuNanosPerOperation)
                        .text("%.2f");
    }

    private static String bytes(List<Sample> samples) {
        var known = samples.get(0).bytes() != Sample.UNKNOWN;
        return known ? Spread.of(samples, Sample::bytesPerOperation).text("%.0f") : "-";
    }

    private static String range(Spread spread) {
        return number(spread.lowest()) + " - " + number(spread.highest());
    }

    private static String number(double nanos) {
        return String.format(Locale.ROOT, nanos < 100 ? "%.1f" : "%.0f", nanos);
    }
}
