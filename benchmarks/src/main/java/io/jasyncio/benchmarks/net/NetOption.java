package io.jasyncio.benchmarks.net;

import java.util.Locale;

/** The options of the benchmarks of the network. Each of those benchmarks says which of them it has. */
enum NetOption {
    ROWS("a,b", "only these rows"),
    SERVERS("x,y", "only these servers"),
    ROUNDS("n", "samples of each server, one in each round (default 5)"),
    QUICK("", "3 rounds, and short ones"),
    TLS("", "over TLS 1.3; there is no bare loop then, and ratios are to netty"),
    WARM_UP("millis", "load on each server in each row before the first round (default 1000)"),
    SAMPLE("millis", "length of a sample (default 1000)"),
    CONNECTIONS("n", "how many (default 10000)"),
    SERVER_CORE("n", "where the servers run (default 0)"),
    LOAD_CORE("n", "where the load runs (default 1)"),
    JVM_FLAGS("flags", "of all servers in a JVM (default: -Xms512m -Xmx512m -XX:+UseSerialGC)"),
    MINI_REDIS(
            "command", "what starts mini-redis, with %p for its port (default: the one in examples, if it is built)");

    private final String value;
    private final String meaning;

    NetOption(String value, String meaning) {
        this.value = value;
        this.meaning = meaning;
    }

    /** As it is written: {@code --warm-up}. */
    String word() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isFlag() {
        return value.isEmpty();
    }

    /** Its line in the usage. */
    String description() {
        return String.format("  %-22s  %s%n", word() + " " + value, meaning);
    }
}
