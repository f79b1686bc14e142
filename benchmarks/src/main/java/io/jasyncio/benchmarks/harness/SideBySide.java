package io.jasyncio.benchmarks.harness;

import java.util.Arrays;

/**
 * The side-by-side run: for each row, every contender in a process of its own, and rounds that go through all of them, so
 * that what else happens on the machine happens to all. {@code benchmarks/run} starts it.
 */
public final class SideBySide {

    private SideBySide() {}

    /** See {@code Arguments.USAGE}. */
    public static void main(String[] args) throws Exception {
        if (Arrays.asList(args).contains("--list")) {
            Rows.ALL.forEach(row -> System.out.println(row.name() + ": " + row.title()));
            return;
        }
        var arguments = CommandLine.parseOrExit(args, Arguments.USAGE, () -> Arguments.parse(args));
        var commands = new Commands(arguments.jvmFlags(), Python.plain());
        var report = new Report(System.out);
        report.begin(arguments, commands);
        for (var row : arguments.selectedRows()) {
            try (var run = new RowRun(row, arguments)) {
                report.row(row, run.measure(commands));
            }
        }
    }
}
