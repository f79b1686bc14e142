package io.jasyncio.benchmarks.net;

import java.nio.file.Files;
import java.nio.file.Path;

/** The programs in C that {@code benchmarks/run} has compiled. */
final class NetTools {

    private static final Path FOLDER = Path.of(System.getProperty("jasyncio.benchmarks.tools", "target"));

    private NetTools() {}

    static Path echoLoad() {
        return tool("echo_load");
    }

    static Path idleClients() {
        return tool("idle_clients");
    }

    /** Where they are, for a child that needs them too. */
    static Path folder() {
        return FOLDER;
    }

    private static Path tool(String name) {
        var program = FOLDER.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(program + " is not there: benchmarks/run compiles it, with gcc");
        }
        return program;
    }
}
