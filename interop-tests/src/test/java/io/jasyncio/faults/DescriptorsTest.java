package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.OperatingSystemMXBean;
import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ChildJvm;
import io.jasyncio.kit.ClassPath;
import io.jasyncio.peers.Peer;
import io.jasyncio.stream.Streams;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that has run out of files, in a process that may open few (S115). */
@ExtendWith(AsyncioExtension.class)
class DescriptorsTest {

    private static final int FILES = 200;

    @Test
    void aServerWithoutFilesWaitsForSomeAndDoesNotSpin() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "needs a limit of open files");
        // The JVM would raise its limit again, up to the hard one.
        var child = ChildJvm.of(Server.class).option("-XX:-MaxFDLimit").after("ulimit -n " + FILES);
        Asyncio.run(() -> {
            try (var server = Peer.of(child)) {
                var port = Integer.parseInt(await(server.line("port ")).substring(5));
                // 1. More clients than it can accept; the system connects them all the same.
                var clients = new ArrayList<RawClient>();
                for (var i = 0; i < FILES; i++) {
                    clients.add(new RawClient(port));
                }
                // 2. It says so once a second, and meanwhile does nothing: it has measured that itself.
                var measured = await(server.line("3 reports")).split(" ");
                assertTrue(Long.parseLong(measured[3]) >= 2_000, () -> measured[3] + " ms for three reports");
                assertTrue(Long.parseLong(measured[6]) < 500, () -> measured[6] + " ms of CPU in two seconds");
                // 3. It serves those whom it has.
                clients.get(0).send("still there\n");
                assertEquals("still there\n", clients.get(0).read(12));
                // 4. Some go, and one who waited is served, who did not notice any of this.
                var last = clients.remove(FILES - 1);
                for (var client : clients) {
                    client.close();
                }
                last.send("late\n");
                assertEquals("late\n", last.read(5));
                last.close();
                // 5. It ends regularly.
                try (var client = new RawClient(port)) {
                    client.send("stop\n");
                    assertEquals("", client.readAll());
                }
                await(server.success());
            }
        });
    }

    /** Echoes lines, until one says that it is to stop. */
    static final class Server {

        private static int reports;
        private static long since;
        private static long cpuSince;

        public static void main(String[] arguments) throws Exception {
            loadClasses();
            cpuNanos();
            Asyncio.run(() -> {
                var loop = EventLoop.current();
                var stopped = loop.createFuture();
                loop.setExceptionHandler((unused, context) -> report(context.message()));
                try (var server = await(Streams.startStageServer(
                        (reader, writer) -> Lines.echo(reader, writer, stopped), "127.0.0.1", 0))) {
                    System.out.println("port " + server.port());
                    await(stopped);
                    await(sleep(Duration.ZERO));
                }
            });
        }

        private static void report(String message) {
            if (!message.startsWith("socket.accept() out of system resource")) {
                System.out.println("unexpected: " + message);
                return;
            }
            var now = System.nanoTime();
            var cpu = cpuNanos();
            if (++reports == 1) {
                since = now;
                cpuSince = cpu;
            } else if (reports == 3) {
                System.out.println("3 reports in " + TimeUnit.NANOSECONDS.toMillis(now - since) + " ms with "
                        + TimeUnit.NANOSECONDS.toMillis(cpu - cpuSince) + " ms of CPU");
            }
        }

        private static long cpuNanos() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

        /** Without files no class can be read from a folder, nor a library of the JDK; a program in a jar has it open. */
        private static void loadClasses() throws Exception {
            for (var root : ClassPath.entries()) {
                if (Files.isDirectory(root)) {
                    loadClasses(root);
                }
            }
        }

        private static void loadClasses(Path root) throws Exception {
            try (var files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
                for (var name : files.map(file -> nameOf(root, file))
                        .filter(Server::isOfLibrary)
                        .toList()) {
                    var ofClass = name.substring(0, name.length() - ".class".length());
                    Class.forName(ofClass, false, Server.class.getClassLoader());
                }
            }
        }

        private static String nameOf(Path root, Path file) {
            return root.relativize(file).toString().replaceAll("[/\\\\]", ".");
        }

        private static boolean isOfLibrary(String name) {
            return name.matches("io[.]jasyncio[.](?!house|conformance|model|kit).*[.]class");
        }
    }
}
