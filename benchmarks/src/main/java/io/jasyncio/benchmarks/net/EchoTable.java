package io.jasyncio.benchmarks.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Echo servers side by side. All run from the beginning to the end, on one core, and sleep but for the one that is loaded. In
 * each round every row is gone through, and in each row every server, one after the other, so that whatever else the machine
 * does hits neighbours alike. {@code benchmarks/run net} starts it.
 */
public final class EchoTable {

    private static final NetUsage USAGE = new NetUsage(
            "net",
            EchoRow.names(),
            EchoContender.names(),
            EnumSet.complementOf(EnumSet.of(NetOption.CONNECTIONS, NetOption.MINI_REDIS)));

    private final NetArguments arguments;
    private final List<EchoRow> rows;
    private final List<EchoContender.Running> servers = new ArrayList<>();
    private final Map<EchoRow, Map<String, List<LoadSample>>> samples = new LinkedHashMap<>();

    private EchoTable(NetArguments arguments) {
        this.arguments = arguments;
        rows = EchoRow.ALL.stream()
                .filter(row -> arguments.wantsRow(row.name()))
                .toList();
        rows.forEach(row -> samples.put(row, new LinkedHashMap<>()));
    }

    /** See {@link NetUsage}. */
    public static void main(String[] args) throws Exception {
        var arguments = NetArguments.parseOrExit(args, USAGE);
        var table = new EchoTable(arguments);
        try {
            table.start();
            table.warmUp();
            table.measure();
        } finally {
            table.servers.forEach(EchoContender.Running::close);
        }
        new EchoReport(System.out).print(arguments, table.samples);
    }

    private void start() throws IOException {
        for (var contender : EchoContender.find(arguments)) {
            servers.add(contender.start(arguments));
        }
    }

    private void warmUp() throws InterruptedException {
        for (var row : rows) {
            for (var server : List.copyOf(servers)) {
                sample(row, server, 0, arguments.warmUpMillis());
            }
        }
        System.err.println("warm");
    }

    private void measure() throws InterruptedException {
        for (var round = 1; round <= arguments.rounds(); round++) {
            var started = System.nanoTime();
            for (var row : rows) {
                for (var server : List.copyOf(servers)) {
                    var sample = sample(row, server, arguments.sampleMillis() / 5, arguments.sampleMillis());
                    if (sample != null) {
                        samples.get(row)
                                .computeIfAbsent(server.contender().name(), name -> new ArrayList<>())
                                .add(sample);
                    }
                }
            }
            System.err.println("round " + round + " of " + arguments.rounds() + " took "
                    + (System.nanoTime() - started) / 1_000_000_000 + " s");
        }
    }

    /** A server that fails is out, and the others go on; null then. */
    private LoadSample sample(EchoRow row, EchoContender.Running server, long warmUp, long millis)
            throws InterruptedException {
        try {
            return LoadSample.take(arguments, row, server, warmUp, millis);
        } catch (IOException failed) {
            System.err.println(server + " is out since row " + row.name() + ": " + failed.getMessage());
            server.close();
            servers.remove(server);
            samples.values().forEach(taken -> taken.remove(server.contender().name()));
            return null;
        }
    }
}
