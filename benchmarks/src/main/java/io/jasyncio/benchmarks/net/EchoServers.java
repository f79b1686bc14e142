package io.jasyncio.benchmarks.net;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/** The servers that run in a JVM, by the names that the command line has for them, in the order of the table. */
enum EchoServers {
    /** A bare selector loop: the measure of all. */
    BARE("bare", BareEcho::new),
    PROTOCOL("protocol", ProtocolEcho::new),
    /** Our streams, with reads that give an array. */
    KOTLIN("kotlin", () -> new KotlinEcho(false)),
    STAGE("stage", StageEcho::ofArrays),
    DIRECT("direct", DirectEcho::ofArrays),
    /** Our streams, with the view that needs no copy. */
    KOTLIN_VIEW("kotlin-view", () -> new KotlinEcho(true)),
    STAGE_VIEW("stage-view", StageEcho::ofViews),
    DIRECT_VIEW("direct-view", DirectEcho::ofViews),
    NETTY("netty", NettyEcho::new);

    private final String word;
    private final Supplier<EchoServer> maker;

    EchoServers(String word, Supplier<EchoServer> maker) {
        this.word = word;
        this.maker = maker;
    }

    String word() {
        return word;
    }

    EchoServer make() {
        return maker.get();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(EchoServers::word).toList();
    }

    static EchoServers named(String word) {
        for (var server : values()) {
            if (server.word.equals(word)) {
                return server;
            }
        }
        throw new NoSuchElementException("no echo server has the name '" + word + "'");
    }
}
