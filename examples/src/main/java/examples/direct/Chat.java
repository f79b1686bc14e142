package examples.direct;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.stream.Streams.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.transport.ServerOptions;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A chat room over TCP: the first line is your name, and every other line goes to all others. A thousand guests come at once. The
 * map of guests needs no lock, since there is one thread; and nobody waits for a guest who does not listen.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Chat.java}. With a port, as in {@code Chat.java 7000}, it
 * serves until Ctrl-C; join with {@code nc 127.0.0.1 7000}.
 */
public class Chat {
    /** A guest who has not read that much of what was said is shown out: else the memory would be filled by his silence. */
    static final int MOST_UNREAD_BYTES = 64 * 1024;

    final Map<String, StreamWriter> guests = new LinkedHashMap<>();

    void host(StreamReader reader, StreamWriter writer) throws Exception {
        try (writer) {
            var name = await(reader.readLineAsync());
            if (name == null || guests.putIfAbsent(name, writer) != null) {
                writer.write("somebody of that name is here\n");
                return;
            }
            try {
                writer.write("welcome, " + name + "; guests: " + guests.size() + "\n");
                for (var line : reader.each()) {
                    tellOthers(name, line);
                }
            } finally {
                guests.remove(name);
            }
        } catch (IOException broken) {
            // Left without a goodbye, or said too much at once. The room goes on.
        }
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
    Server open(int port) throws Exception {
        return await(startServer(this::host, "127.0.0.1", port, ServerOptions.DEFAULT.withBacklog(4096)));
    }

    /** A guest of the demonstration. */
    record Guest(StreamPair connection) implements AutoCloseable {
        static Guest join(int port, String name) throws Exception {
            var guest = new Guest(await(openConnection("127.0.0.1", port)));
            guest.say(name);
            guest.hear();
            return guest;
        }

        void say(String line) {
            connection.writer().write(line + "\n");
        }

        String hear() throws Exception {
            return await(connection.reader().readLineAsync());
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    static void demonstrate(int port) throws Exception {
        try (var anna = Guest.join(port, "Anna");
                var ben = Guest.join(port, "Ben")) {
            anna.say("is it only us?");
            System.out.println("Ben hears   " + ben.hear());
            ben.say("not for long");
            System.out.println("Anna hears  " + anna.hear());

            var crowd = await(gather(IntStream.rangeClosed(1, 1000)
                    .mapToObj(number -> createTask(() -> Guest.join(port, "guest " + number)))
                    .toList()));
            anna.say("welcome, all of you!");
            var heard = await(
                    gather(crowd.stream().map(guest -> createTask(guest::hear)).toList()));
            System.out.println(heard.size() + " hear   " + new HashSet<>(heard));
            crowd.forEach(Guest::close);
        }
    }

    public static void main(String[] args) throws Exception {
        try {
            run(() -> {
                var chat = new Chat();
                try (var server = chat.open(args.length > 0 ? Integer.parseInt(args[0]) : 0)) {
                    if (args.length > 0) {
                        System.out.println("serving port " + server.port() + "; Ctrl-C ends it");
                        await(server.serveForeverAsync());
                    } else {
                        demonstrate(server.port());
                    }
                }
            });
        } catch (KeyboardInterruptException interrupted) {
            System.out.println("goodbye");
        }
    }
}
