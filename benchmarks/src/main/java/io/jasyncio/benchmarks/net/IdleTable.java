package io.jasyncio.benchmarks.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What connections take on which nothing happens: heap, before the first message and after one of 1 KiB, and processor time.
 * {@code benchmarks/run idle} starts it.
 */
public final class IdleTable {

    private static final int MESSAGE_BYTES = 1024;
    private static final long LIMIT_SECONDS = 180;

    private final NetArguments arguments;

    private IdleTable(NetArguments arguments) {
        this.arguments = arguments;
    }

    /** See {@code NetArguments.USAGE}. */
    public static void main(String[] args) throws Exception {
        new IdleTable(NetArguments.parseOrExit(args, List.of(), EchoServers.names())).measure();
    }

    private void measure() throws IOException {
        System.out.println(arguments.machine());
        System.out.println(arguments.connections() + " connections.");
        System.out.println();
        System.out.println(
                "| server | heap bytes each, never used | after a message of 1 KiB | cpu us in an idle second |");
        System.out.println("|---|---:|---:|---:|");
        for (var server : EchoServers.values()) {
            if (arguments.wants(server.word())) {
                var unused = child(server, 0).split(" ");
                var used = child(server, MESSAGE_BYTES).split(" ");
                System.out.println("| " + server.word() + " | " + unused[0] + " | " + used[0] + " | " + used[1] + " |");
            }
        }
    }

    private String child(EchoServers server, int messageBytes) throws IOException {
        var command = new ArrayList<>(arguments
                .commands()
                .java(
                        IdleChild.class,
                        server.word(),
                        Integer.toString(arguments.connections()),
                        Integer.toString(messageBytes),
                        Integer.toString(arguments.loadCore())));
        command.add(1, "-Djasyncio.benchmarks.tools=" + NetTools.folder());
        try (var process = ServerProcess.start(command, arguments.serverCore(), LIMIT_SECONDS)) {
            var line = process.line();
            if (line == null) {
                throw new IOException("no result from " + process);
            }
            return line;
        }
    }
}
