package io.jasyncio.benchmarks.net;

import java.util.List;

/**
 * A row of the table.
 *
 * @param name for {@code --rows}
 * @param connections how many at once, each with one message under way
 * @param messageBytes how long a message is
 */
record EchoRow(String name, int connections, int messageBytes) {

    private static final int KIBI = 1024;

    static final List<EchoRow> ALL = List.of(
            new EchoRow("1x1k", 1, KIBI),
            new EchoRow("100x1k", 100, KIBI),
            new EchoRow("1000x1k", 1000, KIBI),
            new EchoRow("1x100k", 1, 100 * KIBI),
            new EchoRow("100x100k", 100, 100 * KIBI),
            new EchoRow("1000x100k", 1000, 100 * KIBI));

    String title() {
        return (connections == 1 ? "1 connection" : connections + " connections") + ", " + messageBytes / KIBI + " KiB";
    }

    static List<String> names() {
        return ALL.stream().map(EchoRow::name).toList();
    }
}
