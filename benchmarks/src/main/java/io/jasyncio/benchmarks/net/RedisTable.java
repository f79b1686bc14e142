package io.jasyncio.benchmarks.net;

import io.jasyncio.benchmarks.harness.Spread;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** mini-redis beside the real server, both under redis-benchmark. {@code benchmarks/run redis} starts it. */
public final class RedisTable {

    private static final String REAL = "redis-server";
    private static final String MINI = "mini-redis";
    private static final String MINI_MAIN = "examples.redis.RedisMainKt";
    private static final Path MINI_JARS =
            Path.of(System.getProperty("jasyncio.benchmarks.mini-redis", "../examples/mini-redis/target/lib"));
    private static final int CLIENTS = 50;
    private static final long LIMIT_SECONDS = 60;

    /** In this order: what is got has been set before. */
    private static final List<Row> ROWS = List.of(
            new Row("set-1", "set", 1, 120),
            new Row("get-1", "get", 1, 120),
            new Row("set-16", "set", 16, 1_200),
            new Row("get-16", "get", 16, 1_200));

    private final NetArguments arguments;
    private final List<RedisServer> servers = new ArrayList<>();
    private final Map<Row, Map<String, List<Sample>>> samples = new LinkedHashMap<>();

    private RedisTable(NetArguments arguments) {
        this.arguments = arguments;
        ROWS.stream()
                .filter(row -> arguments.wantsRow(row.name))
                .forEach(row -> samples.put(row, new LinkedHashMap<>()));
    }

    /** See {@code NetArguments.USAGE}. */
    public static void main(String[] args) throws Exception {
        var table = new RedisTable(
                NetArguments.parseOrExit(args, ROWS.stream().map(Row::name).toList(), List.of()));
        try {
            table.start();
            table.measure();
        } finally {
            table.servers.forEach(RedisServer::close);
        }
        table.print();
    }

    private void start() throws IOException {
        var real = RedisServer.real(NetTools.folder().resolve("peers"));
        if (RedisServer.onPath("redis-benchmark").isEmpty() || real.isEmpty()) {
            throw new IOException("redis-benchmark and redis-server are needed: Debian's package is redis-tools");
        }
        servers.add(RedisServer.start(REAL, real.get(), arguments));
        var mini = miniRedis();
        if (mini.isEmpty()) {
            System.err.println(MINI + " is left out: it is not built, and no --mini-redis says how it is started");
        } else {
            servers.add(RedisServer.start(MINI, mini, arguments));
        }
    }

    /** What the command line says, or what the build of the examples has left; empty if there is neither. */
    private List<String> miniRedis() {
        if (!arguments.miniRedis().isBlank()) {
            return List.of(arguments.miniRedis().trim().split(" +"));
        }
        if (!Files.isDirectory(MINI_JARS)) {
            return List.of();
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments.jvmFlags());
        command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
        command.addAll(List.of("-cp", MINI_JARS.resolve("*").toString(), MINI_MAIN, "--port", "%p"));
        return command;
    }

    private void measure() throws IOException, InterruptedException {
        for (var row : samples.keySet()) {
            for (var server : servers) {
                sample(row, server, arguments.warmUpMillis() * 2);
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
        var process = new ProcessBuilder(ServerProcess.limited(command, arguments.loadCore(), LIMIT_SECONDS))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("redis-benchmark failed on " + server.name() + ", " + row.name + ": " + said);
        }
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
                        + text("%.0f | %.0f - %.0f", spread(its, Sample::perSecond)) + " | "
                        + text("%.2f | %.2f - %.2f", ratio(its, taken.get(REAL), Sample::perSecond)) + " | "
                        + text("%.2f | %.2f - %.2f", spread(its, Sample::cpuMicros)) + " | "
                        + text("%.2f", ratio(its, taken.get(REAL), Sample::cpuMicros)) + " |")));
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> what) {
        return Spread.of(samples.stream().mapToDouble(what));
    }

    private static Spread ratio(List<Sample> samples, List<Sample> references, ToDoubleFunction<Sample> what) {
        return Spread.ofRatios(
                samples.stream().mapToDouble(what).toArray(),
                references.stream().mapToDouble(what).toArray());
    }

    private static String text(String format, Spread spread) {
        return String.format(Locale.ROOT, format, spread.median(), spread.lowest(), spread.highest());
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
