package examples.direct;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.stream.Streams.*;

import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamHandler;
import io.jasyncio.stream.StreamPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * Collects lines of many programs, those of this machine by a Unix domain socket and those of others by TCP, and puts them into one
 * queue, at the end of which they are written down one by one. The queue is short: when the writing cannot keep up nobody reads from
 * the connections any more, and in the end the senders have to wait. Nothing is dropped, and nothing piles up.
 *
 * <p>A sender ends its side of the connection and is told how many of its lines were taken.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/LogCollector.java}. With a port and a path, as in
 * {@code LogCollector.java 7000 /tmp/log.sock}, it collects until Ctrl-C; try {@code nc -N 127.0.0.1 7000} or
 * {@code nc -N -U /tmp/log.sock}.
 */
public class LogCollector {
    record Entry(String source, String line) {}

    final AsyncQueue<Entry> entries = new AsyncQueue<>(100);
    final TreeMap<String, Integer> counts = new TreeMap<>();

    StreamHandler collectFrom(String source) {
        return (reader, writer) -> {
            try (writer) {
                var taken = 0;
                for (var line : reader.each()) {
                    await(entries.putAsync(new Entry(source, line)));
                    taken++;
                }
                writer.write("taken: " + taken + "\n");
            } catch (IOException broken) {
                await(entries.putAsync(new Entry(source, "(a sender was lost: " + broken.getMessage() + ")")));
            }
        };
    }

    void writeDown() throws Exception {
        for (var entry : entries.each()) {
            System.out.println("[" + entry.source() + "] " + entry.line());
            counts.merge(entry.source(), 1, Integer::sum);
            entries.taskDone();
        }
    }

    interface Program {
        void run(Server tcp, Server unix) throws Exception;
    }

    void collectDuring(int port, Path path, Program program) throws Exception {
        var writing = createTask(this::writeDown);
        try (var tcp = await(startServer(collectFrom("tcp"), "127.0.0.1", port));
                var unix = await(startUnixServer(collectFrom("unix"), path))) {
            program.run(tcp, unix);
        } finally {
            await(entries.joinAsync()); // after Ctrl-C, too: what was taken is written down
            writing.cancel();
            System.out.println("written down: " + counts);
        }
    }

    static void serve(Server tcp, Server unix) throws Exception {
        System.out.println("collecting at " + tcp.addresses() + " and " + unix.addresses() + "; Ctrl-C ends it");
        await(gather(tcp.serveForeverAsync(), unix.serveForeverAsync()));
    }

    static void send(StreamPair connection, String sender, String... lines) throws Exception {
        try (connection) {
            for (var line : lines) {
                connection.writer().write(sender + " " + line + "\n");
                await(connection.writer().drainAsync());
            }
            connection.writer().writeEof();
            System.out.println(sender + " " + await(connection.reader().readLineAsync()));
        }
    }

    void demonstrate() throws Exception {
        var folder = Files.createTempDirectory("log");
        var path = folder.resolve("log.sock");
        collectDuring(0, path, (tcp, unix) -> {
            send(await(openUnixConnection(path)), "cron", "backup begins", "backup ends");
            send(await(openConnection("127.0.0.1", tcp.port())), "shop", "order 1", "order 2", "order 3");
            send(await(openUnixConnection(path)), "disk", "90 % full");
        });
        Files.delete(folder); // the socket file went with its server
    }

    public static void main(String[] args) throws Exception {
        try {
            run(() -> {
                var collector = new LogCollector();
                if (args.length == 2) {
                    collector.collectDuring(Integer.parseInt(args[0]), Path.of(args[1]), LogCollector::serve);
                } else {
                    collector.demonstrate();
                }
            });
        } catch (KeyboardInterruptException interrupted) {
            System.out.println("goodbye");
        }
    }
}
