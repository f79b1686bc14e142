package io.jasyncio.benchmarks.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The program of a server's JVM that is given connections on which nothing happens. Prints the heap bytes that each of them
 * keeps alive, and the processor microseconds of the whole process in a second in which all are idle.
 */
public final class IdleChild {

    private static final long SETTLE_MILLIS = 1_000;
    private static final int COLLECTIONS = 3;

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
        var command = List.of(
                NetTools.idleClients().toString(),
                Integer.toString(port),
                Integer.toString(connections),
                Integer.toString(messageBytes),
                Long.toString(ProcessHandle.current().pid()));
        Thread.sleep(SETTLE_MILLIS);
        var before = liveBytes();
        var clients = new ProcessBuilder(ServerProcess.limited(command, loadCore, 120))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = clients.inputReader(StandardCharsets.US_ASCII);
                var askForIdleTime = clients.getOutputStream()) {
            if (!"open".equals(said.readLine())) {
                throw new InterruptedIOException("the clients did not get all of their connections");
            }
            Thread.sleep(SETTLE_MILLIS);
            var each = (liveBytes() - before) / connections;
            askForIdleTime.write('\n');
            askForIdleTime.flush();
            System.out.println(each + " " + said.readLine());
        } finally {
            clients.descendants().forEach(ProcessHandle::destroyForcibly);
            clients.destroyForcibly();
        }
    }

    private static long liveBytes() throws InterruptedException {
        // What a collection finds unreachable may hold more by a cleaner or a reference, which the next one gets.
        for (var i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
