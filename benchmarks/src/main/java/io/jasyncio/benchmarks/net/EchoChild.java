package io.jasyncio.benchmarks.net;

/** The program of a server's JVM: prints {@code port N} and serves until it is ended. */
public final class EchoChild {

    private EchoChild() {}

    /** Argument: the name of one of {@link EchoServers}. */
    public static void main(String[] args) throws Exception {
        EchoServers.named(args[0]).make().serve(port -> System.out.println("port " + port));
    }
}
