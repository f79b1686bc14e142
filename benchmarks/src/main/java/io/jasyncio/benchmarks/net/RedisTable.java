package io.jasyncio.benchmarks.net;

import io.jasyncio.benchmarks.harness.Jvm;
import io.jasyncio.benchmarks.harness.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** mini-redis beside the real server, both under redis-benchmark. {@code benchmarks/run redis} starts it. */
public final class RedisTable {

    private static final String REAL = "redis-server";
    private static final String PACKAGE = "Debian's package is redis-tools";
    private static final String MINI = "mini-redis";
    private static final String MINI_MAIN = "examples.redis.RedisMainKt";
    private static final Path MINI_JARS =
            Path.of(System.getProperty("jasyncio.benchmarks.mini-redis", "../examples/mini-redis/target/lib"));
    private static final int CLIENTS = 50;
    private static final long PATIENCE_SECONDS = 30;

    /** In this order: what is got has been set before. */
    private static final List<Row> ROWS = List.of(
            new Row("set-1", "set", 1, 120),
            new Row("get-1", "get", 1, 120),
            new Row("set-16", "set", 16, 1_200),
            new Row("get-16", "get", 16, 1_200));

    private static final NetUsage USAGE = new NetUsage(
            "redis",
            ROWS.stream().map(Row::name).toList(),
            List.of(REAL, MINI),
            EnumSet.complementOf(EnumSet.of(NetOption.CONNECTIONS, NetOption.TLS)));

    private final NetArguments arguments;
    private final List<RedisServer> servers = new ArrayList<>();
    private final Map<Row, Map<String, List<Sample>>> samples = new LinkedHashMap<>();

    private RedisTable(NetArguments arguments) {
        this.arguments = arguments;
        ROWS.stream()
                .filter(row -> arguments.wantsRow(row.name))
                .forEach(row -> samples.put(row, new LinkedHashMap<>()));
    }

    /** See {@link NetUsage}. */
    public static void main(String[] args) throws Exception {
        var table = new RedisTable(NetArguments.parseOrExit(args, USAGE));
        try {
            table.start();
            table.measure();
        } finally {
            table.servers.forEach(RedisServer::close);
        }
        table.print();
    }

    private void start() throws IOException {
        if (RedisServer.onPath("redis-benchmark").isEmpty()) {
            throw new IOException("redis-benchmark is needed: " + PACKAGE);
        }
        if (arguments.wants(REAL)) {
            var command = RedisServer.real(NetTools.folder().resolve("peers"));
            servers.add(RedisServer.start(
                    REAL, command.orElseThrow(() -> new IOException(REAL + " is needed: " + PACKAGE)), arguments));
        }
        if (arguments.wants(MINI)) {
            startMini();
        }
    }

    private void startMini() throws IOException {
        var command = miniRedis();
        if (command.isEmpty()) {
            System.err.println(MINI + " is left out: it is not built, and no --mini-redis says how it is started");
        } else {
            servers.add(RedisServer.start(MINI, command, arguments));
        }
    }

    /** What the command line says, or what the build of the examples has left; empty if there is neither. */
    private List<String> miniRedis() {
        if (!arguments.miniRedis().isBlank()) {
            return List.of(arguments.miniRedis().trim().split(" +"));
        }
        return Files.isDirectory(MINI_JARS)
                ? Jvm.command(arguments.jvmFlags(), MINI_JARS.resolve("*").toString(), MINI_MAIN, "--port", "%p")
                : List.of();
    }

    private void measure() throws IOException, InterruptedException {
        for (var row : samples.keySet()) {
            for (var server : servers) {
                sample(row, server, arguments.warmUpMillis());
            }
        }
        for (var round = 1; round <= arguments.rounds(); round++) {
            for (var row : samples.keySet()) {
                for (var server : servers) {
                    samples.get(row)
                            .computeIfAbsent(server.name(), name -> new ArrayList<>())
                            .add(sample(row, server, arguments.sampleMillis()));
                }
            }
            System.err.println("round " + round + " of " + arguments.rounds());
        }
    }

    private Sample sample(Row row, RedisServer server, long millis) throws IOException, InterruptedException {
        var requests = row.perMilli * millis;
        var command = List.of(
                "redis-benchmark",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server.port()),
                "-c",
                Integer.toString(CLIENTS),
                "-P",
                Integer.toString(row.pipeline),
                "-n",
                Long.toString(requests),
                "-t",
                row.test,
                "--csv");
        var cpuBefore = server.cpuNanos();
        // A busy machine may be many times slower.
        var limit = PATIENCE_SECONDS + 30 * millis / 1_000;
        var said = new PinnedCommand(command, arguments.loadCore(), limit).output();
        return new Sample(perSecond(said), (server.cpuNanos() - cpuBefore) / 1e3 / requests);
    }

    /** From lines like {@code "SET","123456.78","0.2",...}. */
    private static double perSecond(String csv) throws IOException {
        for (var line : csv.lines().toList()) {
            var cells = line.replace("\"", "").split(",");
            if (cells.length > 1 && !cells[0].equals("test")) {
                return Double.parseDouble(cells[1]);
            }
        }
        throw new IOException("redis-benchmark said nothing: " + csv);
    }

    private void print() {
        System.out.println(arguments.machine());
        System.out.println("redis-benchmark with " + CLIENTS + " clients; " + arguments.rounds() + " rounds of some "
                + arguments.sampleMillis() + " ms. Medians, lowest and highest; ratios are taken within a round.");
        System.out.println();
        System.out.println("| row | server | requests/s | lowest - highest | ratio to " + REAL
                + " | lowest - highest | cpu us a request | lowest - highest | ratio |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        samples.forEach((row, taken) ->
                taken.forEach((server, its) -> System.out.println("| " + row.title() + " | " + server + " | "
                        + Spread.of(its, Sample::perSecond).text("%.0f | %.0f - %.0f") + " | "
                        + ratio(its, taken.get(REAL), Sample::perSecond, "%.2f | %.2f - %.2f") + " | "
                        + Spread.of(its, Sample::cpuMicros).text("%.2f | %.2f - %.2f") + " | "
                        + ratio(its, taken.get(REAL), Sample::cpuMicros, "%.2f") + " |")));
    }

    /** A dash for each figure if the real one did not take part. */
    private static String ratio(
            List<Sample> samples, List<Sample> references, ToDoubleFunction<Sample> what, String format) {
        return references == null
                ? format.replace("%.2f", "-")
                : Spread.ofRatios(samples, references, what).text(format);
    }

    /**
     * A test of redis-benchmark.
     *
     * @param perMilli about how many requests fit into a millisecond, for the length of a sample
     */
    private record Row(String name, String test, int pipeline, long perMilli) {

        String title() {
            return test.toUpperCase(Locale.ROOT) + ", -P " + pipeline;
        }
    }

    private record Sample(double perSecond, double cpuMicros) {}
}
