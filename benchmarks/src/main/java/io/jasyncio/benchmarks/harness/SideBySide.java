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
        if (Arrays.asList(args).contains("--help")) {
            System.out.print(Arguments.USAGE);
            return;
        }
        var arguments = parseOrExit(args);
        var commands = Commands.find(arguments.jvmFlags());
        var report = new Report(System.out);
        report.begin(arguments, commands);
        for (var row : arguments.selectedRows()) {
            try (var run = new RowRun(row, arguments)) {
                report.row(row, run.measure(commands));
            }
        }
    }

    private static Arguments parseOrExit(String[] args) {
        try {
            var arguments = Arguments.parse(args);
            arguments.selectedRows();
            return arguments;
        } catch (RuntimeException wrong) {
            System.err.println("error: " + wrong.getMessage());
            System.err.print(Arguments.USAGE);
            System.exit(2);
            throw wrong;
        }
    }
}
