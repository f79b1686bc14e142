package examples.direct;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.stream.Streams.*;

import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that sends each line back, and three clients that talk to it at the same time. Every connection is a task, on both
 * sides; all of them run on one thread.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/Echo.java}. With a port, as in {@code Echo.java 7000}, it
 * serves until Ctrl-C; talk to it with {@code nc 127.0.0.1 7000}.
 */
public class Echo {
    static void echo(StreamReader reader, StreamWriter writer) throws Exception {
        try (writer) {
            for (var line : reader.each()) {
                writer.write(line + "\n");
                await(writer.drainAsync()); // who sends and never reads has to wait, and costs no memory
            }
        }
    }

    static List<String> ask(int port, String name) throws Exception {
        var answers = new ArrayList<String>();
        try (var connection = await(openConnection("127.0.0.1", port))) {
            for (var word : List.of("hello", "how are you", "bye")) {
                connection.writer().write(word + ", says " + name + "\n");
                answers.add(await(connection.reader().readLineAsync()));
            }
        }
        return answers;
    }

    static void demonstrate() throws Exception {
        try (var server = await(startServer(Echo::echo, "127.0.0.1", 0))) {
            var clients = List.of(
                    createTask(() -> ask(server.port(), "Anna")),
                    createTask(() -> ask(server.port(), "Ben")),
                    createTask(() -> ask(server.port(), "Cleo")));
            await(gather(clients)).forEach(System.out::println);
        }
    }

    static void serve(int port) throws Exception {
        try (var server = await(startServer(Echo::echo, "127.0.0.1", port))) {
            System.out.println("serving port " + server.port() + "; Ctrl-C ends it");
            await(server.serveForeverAsync());
        }
    }

    public static void main(String[] args) throws Exception {
        try {
            run(() -> {
                if (args.length > 0) {
                    serve(Integer.parseInt(args[0]));
                } else {
                    demonstrate();
                }
            });
        } catch (KeyboardInterruptException interrupted) {
            System.out.println("goodbye");
        }
    }
}
