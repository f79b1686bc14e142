package examples.stage;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.Resources.*;
import static io.jasyncio.stream.Streams.*;

import io.jasyncio.AsyncCloseable;
import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.LoopFuture;
import io.jasyncio.iteration.AsyncIterable;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Collects lines of many programs, those of this machine by a Unix domain socket and those of others by TCP, and puts them into one
 * queue, at the end of which they are written down one by one. The queue is short: when the writing cannot keep up nobody reads from
 * the connections any more, and in the end the senders have to wait. Nothing is dropped, and nothing piles up.
 *
 * <p>A sender ends its side of the connection and is told how many of its lines were taken.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/LogCollector.java}. With a port and a path, as in
 * {@code LogCollector.java 7000 /tmp/log.sock}, it collects until Ctrl-C; try {@code nc -N 127.0.0.1 7000} or
 * {@code nc -N -U /tmp/log.sock}.
 */
public class LogCollector implements AsyncCloseable {
    record Entry(String source, String line) {}

    final AsyncQueue<Entry> entries = new AsyncQueue<>(100);
    final TreeMap<String, Integer> counts = new TreeMap<>();
    final LoopFuture<Void> writing = entries.forEachAsync(this::writeDown);

    BiFunction<StreamReader, StreamWriter, CompletionStage<Void>> collectFrom(String source) {
        return (reader, writer) -> usingStage(writer, open -> takeLines(source, reader, writer))
                .exceptionallyCompose(failure -> failure instanceof IOException
                        ? entries.putAsync(new Entry(source, "(a sender was lost: " + failure.getMessage() + ")"))
                        : CompletableFuture.failedFuture(failure));
    }

    CompletionStage<Void> takeLines(String source, StreamReader reader, StreamWriter writer) {
        var taken = new AtomicInteger();
        return reader.forEachStageAsync(line -> {
                    taken.incrementAndGet();
                    return entries.putAsync(new Entry(source, line));
                })
                .thenRun(() -> writer.write("taken: " + taken + "\n"));
    }

    void writeDown(Entry entry) {
        System.out.println("[" + entry.source() + "] " + entry.line());
        counts.merge(entry.source(), 1, Integer::sum);
        entries.taskDone();
    }

    /** After Ctrl-C, too: what was taken is written down. */
    @Override
    public CompletionStage<Void> closeAsync() {
        return entries.joinAsync().thenRun(() -> {
            writing.cancel();
            System.out.println("written down: " + counts);
        });
    }

    CompletionStage<Void> collectDuring(
            int port, Path path, BiFunction<Server, Server, CompletionStage<Void>> program) {
        return usingStage(
                startStageServer(collectFrom("tcp"), "127.0.0.1", port),
                tcp -> usingStage(startStageUnixServer(collectFrom("unix"), path), unix -> program.apply(tcp, unix)));
    }

    static CompletionStage<Void> serve(Server tcp, Server unix) {
        System.out.println("collecting at " + tcp.addresses() + " and " + unix.addresses() + "; Ctrl-C ends it");
        return gather(tcp.serveForeverAsync(), unix.serveForeverAsync()).thenAccept(never -> {});
    }

    static CompletionStage<Void> send(LoopFuture<StreamPair> opening, String sender, String... lines) {
        return usingStage(
                opening,
                connection -> AsyncIterable.of(lines)
                        .forEachStageAsync(line -> {
                            connection.writer().write(sender + " " + line + "\n");
                            return connection.writer().drainAsync();
                        })
                        .thenCompose(sent -> {
                            connection.writer().writeEof();
                            return connection.reader().readLineAsync();
                        })
                        .thenAccept(answer -> System.out.println(sender + " " + answer)));
    }

    CompletionStage<Void> demonstrate(Path folder) {
        var path = folder.resolve("log.sock");
        return collectDuring(
                0,
                path,
                (tcp, unix) -> send(openUnixConnection(path), "cron", "backup begins", "backup ends")
                        .thenCompose(sent ->
                                send(openConnection("127.0.0.1", tcp.port()), "shop", "order 1", "order 2", "order 3"))
                        .thenCompose(sent -> send(openUnixConnection(path), "disk", "90 % full")));
    }

    public static void main(String[] args) throws Exception {
        try {
            if (args.length == 2) {
                var port = Integer.parseInt(args[0]);
                runStage(() -> usingStage(
                        new LogCollector(),
                        collector -> collector.collectDuring(port, Path.of(args[1]), LogCollector::serve)));
            } else {
                var folder = Files.createTempDirectory("log");
                runStage(() -> usingStage(new LogCollector(), collector -> collector.demonstrate(folder)));
                Files.delete(folder); // the socket file went with its server
            }
        } catch (KeyboardInterruptException interrupted) {
            System.out.println("goodbye");
        }
    }
}
