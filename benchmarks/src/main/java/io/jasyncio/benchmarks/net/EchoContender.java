package io.jasyncio.benchmarks.net;

import io.jasyncio.benchmarks.harness.Python;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One who takes part: a name and the command of its server.
 *
 * @param name for {@code --servers}, and in the table
 * @param command the server, which prints {@code port N}
 */
record EchoContender(String name, List<String> command) {

    private static final String UVLOOP = "uvloop";
    private static final String ASYNCIO = "asyncio";

    static List<String> names() {
        var names = new ArrayList<>(EchoServers.names());
        names.addAll(List.of(UVLOOP, ASYNCIO));
        return names;
    }

    /** All that are wanted and can be had here; who cannot be had is told on the error stream. */
    static List<EchoContender> find(NetArguments arguments) {
        var found = new ArrayList<EchoContender>();
        for (var server : EchoServers.values()) {
            if (arguments.wants(server.word())) {
                var command = arguments.java(EchoChild.class, server.word());
                found.add(new EchoContender(server.word(), command));
            }
        }
        addPython(arguments, UVLOOP, Python.withUvloop(), found);
        addPython(arguments, ASYNCIO, Python.plain(), found);
        return found;
    }

    private static void addPython(NetArguments arguments, String loop, Python python, List<EchoContender> found) {
        if (arguments.wants(loop)) {
            if (python.isThere()) {
                var command = new ArrayList<>(python.script("echo_server.py", loop));
                if (arguments.tls()) {
                    command.add(NetTools.keyText().toString());
                }
                found.add(new EchoContender(loop, command));
            } else {
                System.err.println(loop + " is left out: " + python.whyNot());
            }
        }
    }

    Running start(NetArguments arguments) throws IOException {
        var process = ServerProcess.start(command, arguments.serverCore(), arguments.limitSeconds());
        var port = process.port();
        return new Running(this, process, port, process.pid());
    }

    /** A contender whose server listens. */
    record Running(EchoContender contender, ServerProcess process, int port, long pid) implements AutoCloseable {

        @Override
        public void close() {
            process.close();
        }

        @Override
        public String toString() {
            return contender.name;
        }
    }
}
