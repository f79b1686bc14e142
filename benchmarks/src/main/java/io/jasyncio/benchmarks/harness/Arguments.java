package io.jasyncio.benchmarks.harness;

import java.util.List;
import java.util.Set;

/** What the command line says. */
final class Arguments {

    static final String USAGE = """
            usage: benchmarks/run [--list] [--rows a,b] [--contenders x,y] [--rounds n] [--quick]
                                  [--warm-up millis] [--sample millis] [--jvm-flags "-Xmx2g ..."]

              --rows        only these rows (--list names them)
              --contenders  only contenders whose names contain one of these words; the ratio needs the reference too
              --rounds      samples of each contender, one in each round (default 11)
              --quick       5 rounds, and short: for a first look while something is being changed
              --warm-up     how long each contender runs before the first round (default 4000)
              --sample      how long a sample takes at least (default 300)
              --jvm-flags   flags of the contenders' JVMs (default: -Xms1g -Xmx1g -XX:+AlwaysPreTouch)
            """;

    private List<String> rows = List.of();
    private List<String> contenders = List.of();
    private List<String> jvmFlags = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");
    private int rounds = 11;
    private int warmUpMillis = 4_000;
    private int sampleMillis = 300;

    private Arguments() {}

    /** Fails for what is not known, rows included. */
    static Arguments parse(String[] words) {
        var arguments = new Arguments();
        CommandLine.read(words, Set.of("--quick"), arguments::take);
        arguments.selectedRows();
        return arguments;
    }

    private void take(String name, String value) {
        switch (name) {
            case "--quick" -> {
                rounds = 5;
                warmUpMillis = 1_500;
                sampleMillis = 200;
            }
            case "--rows" -> rows = CommandLine.list(value, ",");
            case "--contenders" -> contenders = CommandLine.list(value, ",");
            case "--rounds" -> rounds = CommandLine.wholeNumber(name, value, 1);
            case "--warm-up" -> warmUpMillis = CommandLine.wholeNumber(name, value, 0);
            case "--sample" -> sampleMillis = CommandLine.wholeNumber(name, value, 1);
            case "--jvm-flags" -> jvmFlags = CommandLine.list(value, " ");
            default -> throw new IllegalArgumentException("unknown argument: " + name);
        }
    }

    /** How many samples of each contender. */
    int rounds() {
        return rounds;
    }

    /** How long each contender runs before the first round. */
    int warmUpMillis() {
        return warmUpMillis;
    }

    /** How long a sample takes at least. */
    int sampleMillis() {
        return sampleMillis;
    }

    /** For the contenders' JVMs, in place of the default heap. */
    List<String> jvmFlags() {
        return jvmFlags;
    }

    /** Whether a part of its name was named, or none was. */
    boolean wants(String contender) {
        return contenders.isEmpty() || contenders.stream().anyMatch(contender::contains);
    }

    /** The rows that were named, or all. */
    List<Row> selectedRows() {
        return rows.isEmpty() ? Rows.ALL : rows.stream().map(Rows::named).toList();
    }
}
