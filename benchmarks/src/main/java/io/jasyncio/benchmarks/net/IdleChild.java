package io.jasyncio.benchmarks.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The program of a server's JVM that is given connections on which nothing happens. Prints the heap bytes that each of them
 * keeps alive, and the processor microseconds of the whole process in a second in which all are idle.
 */
public final class IdleChild {

    private static final long SETTLE_MILLIS = 1_000;
    private static final long LIMIT_SECONDS = 120;

    /** The serial collector leaves some megabytes of what is dead where they are, but for every fourth time. */
    private static final int COLLECTIONS = 4;

    private static final int WARM_UP_BYTES = 1024;
    private static final int WARM_UP_PART = 10;

    private final int connections;
    private final int messageBytes;
    private final int loadCore;

    private IdleChild(int connections, int messageBytes, int loadCore) {
        this.connections = connections;
        this.messageBytes = messageBytes;
        this.loadCore = loadCore;
    }

    /** Arguments: the server, how many connections, how long the one message before the silence is (0: none), a core. */
    public static void main(String[] args) throws Exception {
        var child = new IdleChild(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        // Not on the loop's thread: it serves meanwhile.
        EchoServers.named(args[0]).make().serve(port -> new Thread(() -> child.measureAndExit(port)).start());
    }

    private void measureAndExit(int port) {
        var status = 1;
        try {
            measure(port);
            status = 0;
        } catch (IOException | InterruptedException failed) {
            System.err.println(failed);
        }
        System.exit(status);
    }

    private void measure(int port) throws IOException, InterruptedException {
        // Frames of a coroutine or a fiber are larger while the code is still interpreted.
        openAndClose(port, connections / WARM_UP_PART);
        var before = liveBytes();
        try (var clients = new Clients(port, connections, messageBytes)) {
            clients.awaitOpen();
            var each = (liveBytes() - before) / connections;
            System.out.println(each + " " + clients.idleMicrosPerSecond());
        }
    }

    private void openAndClose(int port, int count) throws IOException, InterruptedException {
        try (var clients = new Clients(port, count, WARM_UP_BYTES)) {
            clients.awaitOpen();
        }
        Thread.sleep(SETTLE_MILLIS);
    }

    private static long liveBytes() throws InterruptedException {
        for (var i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(50);
        }
        // As the collection left it: what threads have reserved since, megabytes, is no use to anybody yet.
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    /** The process with the other ends. */
    private final class Clients implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;

        Clients(int port, int count, int messageBytes) throws IOException {
            var command = List.of(
                    NetTools.idleClients(EchoTls.isOn()).toString(),
                    Integer.toString(port),
                    Integer.toString(count),
                    Integer.toString(messageBytes),
                    Long.toString(ProcessHandle.current().pid()));
            process = new PinnedCommand(command, loadCore, LIMIT_SECONDS)
                    .builder()
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
            answers = process.inputReader(StandardCharsets.US_ASCII);
        }

        void awaitOpen() throws IOException, InterruptedException {
            if (!"open".equals(answers.readLine())) {
                throw new IOException("the clients did not get all of their connections");
            }
            Thread.sleep(SETTLE_MILLIS);
        }

        long idleMicrosPerSecond() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return Long.parseLong(answers.readLine());
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
