package io.jasyncio.benchmarks.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * What connections take on which nothing happens: heap and processor time, when they were never used and after a message of
 * 1 KiB. {@code benchmarks/run idle} starts it.
 */
public final class IdleTable {

    private static final NetUsage USAGE = new NetUsage(
            "idle",
            List.of(),
            EchoServers.names(),
            EnumSet.of(
                    NetOption.SERVERS,
                    NetOption.TLS,
                    NetOption.CONNECTIONS,
                    NetOption.SERVER_CORE,
                    NetOption.LOAD_CORE,
                    NetOption.JVM_FLAGS));

    private static final int MESSAGE_BYTES = 1024;
    private static final long LIMIT_SECONDS = 180;

    private final NetArguments arguments;

    private IdleTable(NetArguments arguments) {
        this.arguments = arguments;
    }

    /** See {@link NetUsage}. */
    public static void main(String[] args) throws Exception {
        new IdleTable(NetArguments.parseOrExit(args, USAGE)).measure();
    }

    private void measure() throws IOException {
        System.out.println(arguments.machine());
        System.out.println(arguments.connections() + " connections. Heap bytes are those of each; the processor time is"
                + " that of the whole process in a second in which nothing happens. One sample of each.");
        System.out.println();
        System.out.println("| server | heap, never used | cpu us | heap, after a message of 1 KiB | cpu us |");
        System.out.println("|---|---:|---:|---:|---:|");
        for (var server : EchoServers.values()) {
            if (arguments.wants(server.word())) {
                System.out.println("| " + server.word() + " | " + sample(server, 0) + " | "
                        + sample(server, MESSAGE_BYTES) + " |");
            }
        }
    }

    private Sample sample(EchoServers server, int messageBytes) throws IOException {
        var command = new ArrayList<>(arguments.java(
                IdleChild.class,
                server.word(),
                Integer.toString(arguments.connections()),
                Integer.toString(messageBytes),
                Integer.toString(arguments.loadCore())));
        command.add(1, "-Djasyncio.benchmarks.tools=" + NetTools.folder());
        try (var process = ServerProcess.start(command, arguments.serverCore(), LIMIT_SECONDS)) {
            return Sample.decode(process.line(), process);
        }
    }

    private record Sample(long heapBytes, long idleMicros) {

        static Sample decode(String line, ServerProcess process) throws IOException {
            if (line == null) {
                throw new IOException("no result from " + process);
            }
            var numbers = line.split(" ");
            return new Sample(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        }

        @Override
        public String toString() {
            return heapBytes + " | " + idleMicros;
        }
    }
}
