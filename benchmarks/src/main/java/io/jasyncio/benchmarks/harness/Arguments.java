package io.jasyncio.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line says.
 *
 * @param rows the names of the rows to measure; empty for all
 * @param contenders parts of the names of the contenders to measure; empty for all
 * @param rounds how many samples of each contender
 * @param warmUpMillis how long each contender runs before the first round
 * @param sampleMillis how long a sample takes at least
 * @param jvmFlags flags for the contenders' JVMs, in place of the default heap
 */
record Arguments(
        List<String> rows,
        List<String> contenders,
        int rounds,
        long warmUpMillis,
        long sampleMillis,
        List<String> jvmFlags) {

    static final String USAGE = """
            usage: benchmarks/run [--list] [--rows a,b] [--contenders x,y] [--rounds n] [--quick]
                                  [--warm-up millis] [--sample millis] [--jvm-flags "-Xmx2g ..."]

              --rows        only these rows (--list names them)
              --contenders  only contenders whose names contain one of these words; the ratio needs the reference too
              --rounds      samples of each contender, one in each round (default 11)
              --quick       5 rounds, and short: for a first look while something is being changed
              --jvm-flags   flags of the contenders' JVMs (default: -Xms1g -Xmx1g -XX:+AlwaysPreTouch)
            """;

    private static final Arguments DEFAULT =
            new Arguments(List.of(), List.of(), 11, 4_000, 300, List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"));

    static Arguments parse(String[] words) {
        var arguments = DEFAULT;
        for (var i = 0; i < words.length; i++) {
            var name = words[i];
            if (name.equals("--quick")) {
                arguments = new Arguments(arguments.rows, arguments.contenders, 5, 1_500, 200, arguments.jvmFlags);
            } else if (i + 1 < words.length) {
                arguments = arguments.with(name, words[++i]);
            } else {
                throw new IllegalArgumentException("unknown, or without its value: " + name);
            }
        }
        return arguments;
    }

    private Arguments with(String name, String value) {
        return switch (name) {
            case "--rows" -> new Arguments(split(value, ","), contenders, rounds, warmUpMillis, sampleMillis, jvmFlags);
            case "--contenders" -> new Arguments(rows, split(value, ","), rounds, warmUpMillis, sampleMillis, jvmFlags);
            case "--rounds" ->
                new Arguments(rows, contenders, Integer.parseInt(value), warmUpMillis, sampleMillis, jvmFlags);
            case "--warm-up" -> new Arguments(rows, contenders, rounds, Long.parseLong(value), sampleMillis, jvmFlags);
            case "--sample" -> new Arguments(rows, contenders, rounds, warmUpMillis, Long.parseLong(value), jvmFlags);
            case "--jvm-flags" ->
                new Arguments(rows, contenders, rounds, warmUpMillis, sampleMillis, split(value, " "));
            default -> throw new IllegalArgumentException("unknown argument: " + name);
        };
    }

    private static List<String> split(String value, String separator) {
        var parts = new ArrayList<String>();
        for (var part : value.split(separator)) {
            if (!part.isBlank()) {
                parts.add(part.trim());
            }
        }
        return List.copyOf(parts);
    }

    boolean wants(String contender) {
        return contenders.isEmpty() || contenders.stream().anyMatch(contender::contains);
    }

    List<Row> selectedRows() {
        return rows.isEmpty() ? Rows.ALL : rows.stream().map(Rows::named).toList();
    }
}
