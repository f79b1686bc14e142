package io.jasyncio.benchmarks.net;

import io.jasyncio.benchmarks.harness.CommandLine;
import io.jasyncio.benchmarks.harness.Jvm;
import java.util.ArrayList;
import java.util.List;

/** What the command line of a benchmark of the network says; see {@link NetOption}. */
final class NetArguments {

    private final NetUsage usage;
    private List<String> rows = List.of();
    private List<String> servers = List.of();
    private int rounds = 5;
    private int warmUpMillis = 1_000;
    private int sampleMillis = 1_000;
    private int serverCore = 0;
    private int loadCore = 1;
    private List<String> jvmFlags = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");
    private int connections = 10_000;
    private boolean tls;
    private String miniRedis = "";

    private NetArguments(NetUsage usage) {
        this.usage = usage;
    }

    static NetArguments parse(String[] words, NetUsage usage) {
        var arguments = new NetArguments(usage);
        CommandLine.read(words, usage.flags(), arguments::take);
        return arguments;
    }

    /** Parses, or says what is wrong and ends the process. */
    static NetArguments parseOrExit(String[] words, NetUsage usage) {
        return CommandLine.parseOrExit(words, usage.text(), () -> parse(words, usage));
    }

    private void take(String name, String value) {
        switch (usage.option(name)) {
            case ROWS -> rows = known("row", value, usage.rows());
            case SERVERS -> servers = known("server", value, usage.servers());
            case ROUNDS -> rounds = CommandLine.wholeNumber(name, value, 1);
            case QUICK -> {
                rounds = 3;
                warmUpMillis = 700;
                sampleMillis = 400;
            }
            case TLS -> tls = true;
            case WARM_UP -> warmUpMillis = CommandLine.wholeNumber(name, value, 1);
            case SAMPLE -> sampleMillis = CommandLine.wholeNumber(name, value, 1);
            case CONNECTIONS -> connections = CommandLine.wholeNumber(name, value, 1);
            case SERVER_CORE -> serverCore = CommandLine.wholeNumber(name, value, 0);
            case LOAD_CORE -> loadCore = CommandLine.wholeNumber(name, value, 0);
            case JVM_FLAGS -> jvmFlags = CommandLine.list(value, " ");
            case MINI_REDIS -> miniRedis = value;
        }
    }

    private static List<String> known(String what, String value, List<String> known) {
        var names = CommandLine.list(value, ",");
        for (var name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no " + what + " '" + name + "'");
            }
        }
        return names;
    }

    /** A bare loop has no TLS. */
    boolean wants(String server) {
        return (servers.isEmpty() || servers.contains(server)) && !(tls && server.equals(EchoServers.BARE.word()));
    }

    /** The name of the server that the others are compared with. */
    String reference() {
        return (tls ? EchoServers.NETTY : EchoServers.BARE).word();
    }

    boolean wantsRow(String row) {
        return rows.isEmpty() || rows.contains(row);
    }

    /** How many samples of each. */
    int rounds() {
        return rounds;
    }

    /** How long each is loaded with each row before the first round. */
    int warmUpMillis() {
        return warmUpMillis;
    }

    /** How long a sample takes. */
    int sampleMillis() {
        return sampleMillis;
    }

    int serverCore() {
        return serverCore;
    }

    int loadCore() {
        return loadCore;
    }

    /** Heap and collector of all servers in a JVM. */
    List<String> jvmFlags() {
        return jvmFlags;
    }

    /** Whether connections are private. */
    boolean tls() {
        return tls;
    }

    /** How many idle ones. */
    int connections() {
        return connections;
    }

    /** The command that starts mini-redis, with {@code %p} for its port; empty for the one in the examples. */
    String miniRedis() {
        return miniRedis;
    }

    /** How children in a JVM are started; what Netty needs to be at its best on a new JDK is given to all of them. */
    List<String> java(Class<?> program, String... words) {
        var flags = new ArrayList<>(jvmFlags);
        flags.addAll(List.of("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
        flags.addAll(List.of("--add-opens", "java.base/java.nio=ALL-UNNAMED"));
        flags.addAll(List.of("-Dio.netty.tryReflectionSetAccessible=true", "-Dio.netty.leakDetection.level=disabled"));
        if (Runtime.version().feature() >= 24) {
            flags.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        if (tls) {
            flags.add("-D" + EchoTls.PROPERTY + "=" + NetTools.keyStore());
        }
        return Jvm.command(flags, program, words);
    }

    /** Long enough for everything that may be asked of a server, with time to spare. */
    long limitSeconds() {
        var perSample = 2L * sampleMillis + warmUpMillis + 1_000;
        return 600 + (rounds + 1) * 60L * perSample / 1_000;
    }

    String machine() {
        return (tls ? "TLS 1.3. " : "") + "JDK " + Runtime.version() + ", " + String.join(" ", jvmFlags)
                + "; servers on core " + serverCore
                + ", the load on core " + loadCore + " of "
                + Runtime.getRuntime().availableProcessors() + ".";
    }
}
