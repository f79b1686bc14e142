package io.jasyncio.conformance;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Two traces side by side. */
final class Difference {

    private Difference() {}

    static String describe(String name, List<String> expected, List<String> printed) {
        var width = expected.stream().mapToInt(String::length).max().orElse(0);
        var rows = IntStream.range(0, Math.max(expected.size(), printed.size()))
                .mapToObj(row -> row(width, line(expected, row), line(printed, row)))
                .collect(Collectors.joining("\n"));
        return name + ": expected on the left, printed on the right\n" + rows;
    }

    private static String line(List<String> lines, int row) {
        return row < lines.size() ? lines.get(row) : "(no line)";
    }

    private static String row(int width, String expected, String printed) {
        var padded = expected + " ".repeat(Math.max(0, width - expected.length()));
        return (expected.equals(printed) ? "    " : " >> ") + padded + "  |  " + printed;
    }
}
