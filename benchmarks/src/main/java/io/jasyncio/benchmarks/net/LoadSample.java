package io.jasyncio.benchmarks.net;

import java.io.IOException;
import java.util.List;

/**
 * What the load saw of a server.
 *
 * @param requests how many messages came back
 * @param nanos in which time
 * @param serverCpuNanos the processor time of all the server's threads
 * @param loadBusyNanos how long the load had something to do: near to {@code nanos}, the server waits for the load and
 *     not the other way round
 */
record LoadSample(long requests, long nanos, long serverCpuNanos, long loadBusyNanos) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final long PATIENCE_SECONDS = 120;

    double perSecond() {
        return requests * NANOS_PER_SECOND / nanos;
    }

    double cpuMicros() {
        return serverCpuNanos / NANOS_PER_MICRO / requests;
    }

    double loadShare() {
        return (double) loadBusyNanos / nanos;
    }

    /** Puts a load on a server, first for nothing and then for the sample. */
    static LoadSample take(NetArguments arguments, EchoRow row, EchoContender.Running server, long warmUp, long millis)
            throws IOException, InterruptedException {
        var command = List.of(
                NetTools.echoLoad(arguments.tls()).toString(),
                Integer.toString(server.port()),
                Integer.toString(row.connections()),
                Integer.toString(row.messageBytes()),
                Long.toString(warmUp),
                Long.toString(millis),
                Long.toString(server.pid()));
        var limit = PATIENCE_SECONDS + (warmUp + millis) / 1000;
        var numbers = new PinnedCommand(command, arguments.loadCore(), limit)
                .output()
                .trim()
                .split(" ");
        return new LoadSample(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]));
    }
}
