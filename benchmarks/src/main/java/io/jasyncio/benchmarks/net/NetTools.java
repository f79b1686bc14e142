package io.jasyncio.benchmarks.net;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code benchmarks/run} has made: programs in C, and a key for TLS. */
final class NetTools {

    private static final Path FOLDER = Path.of(System.getProperty("jasyncio.benchmarks.tools", "target"));

    private NetTools() {}

    static Path echoLoad(boolean tls) {
        return tool(tls ? "echo_load_tls" : "echo_load");
    }

    static Path idleClients(boolean tls) {
        return tool(tls ? "idle_clients_tls" : "idle_clients");
    }

    /** The key and the certificate of all servers, for Java. */
    static Path keyStore() {
        return made("tls.p12");
    }

    /** The same for Python. */
    static Path keyText() {
        return made("tls.pem");
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

    private static Path made(String name) {
        var file = FOLDER.resolve(name);
        if (!Files.isReadable(file)) {
            throw new IllegalStateException(file + " is not there: benchmarks/run makes it, with openssl");
        }
        return file;
    }
}
