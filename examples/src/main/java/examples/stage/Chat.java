package examples.stage;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.Resources.*;
import static io.jasyncio.stream.Streams.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.LoopFuture;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * A chat room over TCP: the first line is your name, and every other line goes to all others. A thousand guests come at once. The
 * map of guests needs no lock, since there is one thread; and nobody waits for a guest who does not listen.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Chat.java}. With a port, as in {@code Chat.java 7000}, it
 * serves until Ctrl-C; join with {@code nc 127.0.0.1 7000}.
 */
public class Chat {
    /** A guest who has not read that much of what was said is shown out: else the memory would be filled by his silence. */
    static final int MOST_UNREAD_BYTES = 64 * 1024;

    final Map<String, StreamWriter> guests = new LinkedHashMap<>();

    CompletionStage<Void> host(StreamReader reader, StreamWriter writer) {
        return usingStage(writer, open -> reader.readLineAsync().thenCompose(name -> host(name, reader, writer)))
                // Whose connection breaks has left without a goodbye, or said too much at once. The room goes on.
                .exceptionallyCompose(failure -> failure instanceof IOException
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure));
    }

    CompletionStage<Void> host(String name, StreamReader reader, StreamWriter writer) {
        if (name == null || guests.putIfAbsent(name, writer) != null) {
            writer.write("somebody of that name is here\n");
            return CompletableFuture.completedFuture(null);
        }
        writer.write("welcome, " + name + "; guests: " + guests.size() + "\n");
        return reader.forEachAsync(line -> tellOthers(name, line))
                .whenComplete((ended, failure) -> guests.remove(name));
    }

    void tellOthers(String speaker, String line) {
        var text = (speaker + ": " + line + "\n").getBytes(UTF_8);
        guests.forEach((name, writer) -> {
            if (!name.equals(speaker)) {
                writer.write(text);
                if (writer.transport().getWriteBufferSize() > MOST_UNREAD_BYTES) {
                    writer.transport().abort();
                }
            }
        });
    }

    /** So many may knock at the same moment: with fewer, the system would let the others try again a second later. */
    LoopFuture<Server> open(int port) {
        var options = ServerOptions.DEFAULT.withBacklog(4096);
        return startStageServer(this::host, "127.0.0.1", port, options);
    }

    /** A guest of the demonstration. */
    record Guest(StreamPair connection) {
        static CompletionStage<Guest> join(int port, String name) {
            return openConnection("127.0.0.1", port).thenCompose(connection -> {
                var guest = new Guest(connection);
                guest.say(name);
                return guest.hear().thenApply(welcomed -> guest);
            });
        }

        void say(String line) {
            connection.writer().write(line + "\n");
        }

        CompletionStage<String> hear() {
            return connection.reader().readLineAsync();
        }

        void leave() {
            connection.close();
        }
    }

    static CompletionStage<Void> demonstrate(int port) {
        return gather(Guest.join(port, "Anna"), Guest.join(port, "Ben"))
                .thenCompose(two -> talk(two.get(0), two.get(1))
                        .thenCompose(talked -> gather(IntStream.rangeClosed(1, 1000)
                                .mapToObj(number -> Guest.join(port, "guest " + number))
                                .toList()))
                        .thenCompose(crowd -> greet(two.get(0), crowd))
                        .whenComplete((done, failure) -> two.forEach(Guest::leave)));
    }

    static CompletionStage<Void> talk(Guest anna, Guest ben) {
        anna.say("is it only us?");
        return ben.hear()
                .thenCompose(heard -> {
                    System.out.println("Ben hears   " + heard);
                    ben.say("not for long");
                    return anna.hear();
                })
                .thenAccept(heard -> System.out.println("Anna hears  " + heard));
    }

    static CompletionStage<Void> greet(Guest anna, List<Guest> crowd) {
        anna.say("welcome, all of you!");
        return gather(crowd.stream().map(Guest::hear).toList())
                .thenAccept(heard -> System.out.println(heard.size() + " hear   " + new HashSet<>(heard)))
                .whenComplete((heard, failure) -> crowd.forEach(Guest::leave));
    }

    static CompletionStage<Void> serve(Server server) {
        System.out.println("serving port " + server.port() + "; Ctrl-C ends it");
        return server.serveForeverAsync();
    }

    public static void main(String[] args) throws Exception {
        var port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        try {
            runStage(() -> usingStage(
                    new Chat().open(port), server -> args.length > 0 ? serve(server) : demonstrate(server.port())));
        } catch (KeyboardInterruptException interrupted) {
            System.out.println("goodbye");
        }
    }
}
