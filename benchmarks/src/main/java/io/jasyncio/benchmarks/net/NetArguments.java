package io.jasyncio.benchmarks.net;

import io.jasyncio.benchmarks.harness.Commands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line of the network benchmarks says. Not all of it matters to each of them.
 *
 * @param rows the names of the rows; empty for all
 * @param servers the names of those who take part; empty for all
 * @param rounds how many samples of each
 * @param warmUpMillis how long each is loaded with each row before the first round
 * @param sampleMillis how long a sample takes
 * @param serverCore where the servers run
 * @param loadCore where the load runs
 * @param jvmFlags heap and collector of all servers in a JVM
 * @param connections how many idle ones
 * @param miniRedis the command that starts mini-redis, with {@code %p} for its port; empty for the one in the
 *     examples
 */
record NetArguments(
        List<String> rows,
        List<String> servers,
        int rounds,
        long warmUpMillis,
        long sampleMillis,
        int serverCore,
        int loadCore,
        List<String> jvmFlags,
        int connections,
        String miniRedis) {

    static final String USAGE = """
            usage: benchmarks/run net|idle|redis [--rows a,b] [--servers x,y] [--rounds n] [--quick]
                   [--warm-up millis] [--sample millis] [--server-core n] [--load-core n] [--jvm-flags "..."]

              --rows         only these rows (default: all)
              --servers      only these servers (default: all that can be had); the ratio needs the first one too
              --rounds       samples of each server, one in each round (default 5)
              --quick        3 rounds, and short ones
              --warm-up      load on each server in each row before the first round (default 1000)
              --sample       length of a sample (default 1000); a fifth of it comes before and is not counted
              --jvm-flags    of all servers in a JVM (default: -Xms512m -Xmx512m -XX:+UseSerialGC)
              --connections  idle: how many (default 10000)
              --mini-redis   redis: the command of mini-redis, with %p for its port (default: the one in examples, if it is built)
            """;

    private static final List<String> JVM_FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

    static NetArguments parse(String[] words) {
        var parser = new Parser();
        for (var i = 0; i < words.length; i++) {
            if (words[i].equals("--quick")) {
                parser.quick();
            } else if (i + 1 < words.length) {
                parser.take(words[i], words[++i]);
            } else {
                throw new IllegalArgumentException("unknown, or without its value: " + words[i]);
            }
        }
        return parser.result();
    }

    /**
     * Parses, or says what is wrong and ends the process.
     *
     * @param knownRows what {@code --rows} may name
     * @param knownServers what {@code --servers} may name
     */
    static NetArguments parseOrExit(String[] words, List<String> knownRows, List<String> knownServers) {
        if (Arrays.asList(words).contains("--help")) {
            System.out.print(USAGE);
            System.exit(0);
        }
        try {
            var arguments = parse(words);
            requireKnown("row", arguments.rows, knownRows);
            requireKnown("server", arguments.servers, knownServers);
            return arguments;
        } catch (RuntimeException wrong) {
            System.err.println("error: " + wrong.getMessage());
            System.err.print(USAGE);
            System.exit(2);
            throw wrong;
        }
    }

    private static void requireKnown(String what, List<String> names, List<String> known) {
        for (var name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no " + what + " '" + name + "', only " + known);
            }
        }
    }

    boolean wants(String server) {
        return servers.isEmpty() || servers.contains(server);
    }

    boolean wantsRow(String row) {
        return rows.isEmpty() || rows.contains(row);
    }

    /** How children in a JVM are started; what Netty needs to be at its best on a new JDK is given to all of them. */
    Commands commands() {
        var flags = new ArrayList<>(jvmFlags);
        flags.addAll(List.of("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
        flags.addAll(List.of("--add-opens", "java.base/java.nio=ALL-UNNAMED"));
        flags.addAll(List.of("-Dio.netty.tryReflectionSetAccessible=true", "-Dio.netty.leakDetection.level=disabled"));
        if (Runtime.version().feature() >= 24) {
            flags.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        return new Commands(flags, "", "");
    }

    /** Long enough for everything that may be asked of a server, with time to spare. */
    long limitSeconds() {
        var perSample = 2 * sampleMillis + warmUpMillis + 1_000;
        return 600 + (rounds + 1) * 60L * perSample / 1_000;
    }

    String machine() {
        return "JDK " + Runtime.version() + ", " + String.join(" ", jvmFlags) + "; servers on core " + serverCore
                + ", the load on core " + loadCore + " of "
                + Runtime.getRuntime().availableProcessors() + ".";
    }

    private static final class Parser {
        private List<String> rows = List.of();
        private List<String> servers = List.of();
        private int rounds = 5;
        private long warmUpMillis = 1_000;
        private long sampleMillis = 1_000;
        private int serverCore = 0;
        private int loadCore = 1;
        private List<String> jvmFlags = JVM_FLAGS;
        private int connections = 10_000;
        private String miniRedis = "";

        void quick() {
            rounds = 3;
            warmUpMillis = 700;
            sampleMillis = 400;
        }

        void take(String name, String value) {
            switch (name) {
                case "--rows" -> rows = split(value, ",");
                case "--servers" -> servers = split(value, ",");
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--warm-up" -> warmUpMillis = Long.parseLong(value);
                case "--sample" -> sampleMillis = Long.parseLong(value);
                case "--server-core" -> serverCore = Integer.parseInt(value);
                case "--load-core" -> loadCore = Integer.parseInt(value);
                case "--jvm-flags" -> jvmFlags = split(value, " ");
                case "--connections" -> connections = Integer.parseInt(value);
                case "--mini-redis" -> miniRedis = value;
                default -> throw new IllegalArgumentException("unknown argument: " + name);
            }
        }

        private static List<String> split(String value, String separator) {
            return Arrays.stream(value.split(separator))
                    .map(String::trim)
                    .filter(part -> !part.isEmpty())
                    .toList();
        }

        NetArguments result() {
            return new NetArguments(
                    rows,
                    servers,
                    rounds,
                    warmUpMillis,
                    sampleMillis,
                    serverCore,
                    loadCore,
                    jvmFlags,
                    connections,
                    miniRedis);
        }
    }
}
