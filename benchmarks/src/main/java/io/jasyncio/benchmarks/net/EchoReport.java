package io.jasyncio.benchmarks.net;

import io.jasyncio.benchmarks.harness.Python;
import io.jasyncio.benchmarks.harness.Spread;
import io.netty.util.Version;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Prints what came out as Markdown. */
final class EchoReport {

    private final PrintStream out;

    EchoReport(PrintStream out) {
        this.out = out;
    }

    void print(NetArguments arguments, Map<EchoRow, Map<String, List<LoadSample>>> samples) {
        out.println(arguments.machine());
        out.println("The reference is " + arguments.reference() + ". " + arguments.rounds() + " rounds, a sample of "
                + arguments.sampleMillis() + " ms of each in each.");
        for (var python : List.of(Python.withUvloop(), Python.plain())) {
            out.print(python.isThere() ? python.version() + ". " : "");
        }
        // All its parts have one version; in one jar with everything, only one of them still tells it.
        Version.identify().values().stream()
                .findFirst()
                .ifPresent(netty -> out.println("Netty " + netty.artifactVersion() + "."));
        out.println();
        out.println("""
                Processor time is that of the server's whole process. Medians over the rounds, with the lowest and the highest; a
                ratio is taken within a round, but for "at best", which compares the lowest of both. "Load" is how much of the
                time the load had something to do: near to 100 % the requests per second are the load's and not the server's.

                | row | server | cpu us a request | lowest - highest | ratio to the reference | lowest - highest | at best | requests/s \
                | lowest - highest | ratio to the reference | load |
                |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\
                """);
        samples.forEach((row, taken) -> row(row, taken, taken.get(arguments.reference())));
        out.flush();
    }

    private void row(EchoRow row, Map<String, List<LoadSample>> samples, @Nullable List<LoadSample> reference) {
        var title = row.title();
        for (var server : samples.keySet()) {
            var taken = samples.get(server);
            var cpu = Spread.of(taken, LoadSample::cpuMicros);
            var speed = Spread.of(taken, LoadSample::perSecond);
            out.println("| " + title + " | " + server + " | "
                    + cpu.text("%.2f | %.2f - %.2f") + " | "
                    + ratios(taken, reference, LoadSample::cpuMicros, "%.2f | %.2f - %.2f") + " | "
                    + atBest(taken, reference) + " | "
                    + speed.text("%.0f | %.0f - %.0f") + " | "
                    + ratios(taken, reference, LoadSample::perSecond, "%.2f") + " | "
                    + Spread.of(taken, sample -> 100 * sample.loadShare()).text("%.0f %%") + " |");
            title = "";
        }
    }

    private static String ratios(
            List<LoadSample> taken, List<LoadSample> reference, ToDoubleFunction<LoadSample> what, String format) {
        return reference == null || reference.size() != taken.size()
                ? format.replaceAll("%\\.2f", "-")
                : Spread.ofRatios(taken, reference, what).text(format);
    }

    /** What is left when others disturb the one as little as the other. */
    private static String atBest(List<LoadSample> taken, List<LoadSample> reference) {
        return reference == null
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.2f",
                        Spread.of(taken, LoadSample::cpuMicros).lowest()
                                / Spread.of(reference, LoadSample::cpuMicros).lowest());
    }
}
