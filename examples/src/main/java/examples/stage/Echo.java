package examples.stage;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.Resources.*;
import static io.jasyncio.stream.Streams.*;

import io.jasyncio.KeyboardInterruptException;
import io.jasyncio.iteration.AsyncIterable;
import io.jasyncio.stream.StreamPair;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A server that sends each line back, and three clients that talk to it at the same time. Every connection is a task, on both
 * sides; all of them run on one thread.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/Echo.java}. With a port, as in {@code Echo.java 7000}, it
 * serves until Ctrl-C; talk to it with {@code nc 127.0.0.1 7000}.
 */
public class Echo {
    static CompletionStage<Void> echo(StreamReader reader, StreamWriter writer) {
        return usingStage(
                writer,
                open -> reader.forEachStageAsync(line -> {
                    writer.write(line + "\n");
                    return writer.drainAsync(); // who sends and never reads has to wait, and costs no memory
                }));
    }

    static CompletionStage<List<String>> ask(int port, String name) {
        return usingStage(
                openConnection("127.0.0.1", port),
                connection -> AsyncIterable.of("hello", "how are you", "bye")
                        .mapAsync(word -> answer(connection, word + ", says " + name))
                        .toListAsync());
    }

    static CompletionStage<String> answer(StreamPair connection, String line) {
        connection.writer().write(line + "\n");
        return connection.reader().readLineAsync();
    }

    static CompletionStage<Void> demonstrate() {
        return usingStage(
                startStageServer(Echo::echo, "127.0.0.1", 0),
                server -> gather(ask(server.port(), "Anna"), ask(server.port(), "Ben"), ask(server.port(), "Cleo"))
                        .thenAccept(answers -> answers.forEach(System.out::println)));
    }

    static CompletionStage<Void> serve(int port) {
        return usingStage(startStageServer(Echo::echo, "127.0.0.1", port), server -> {
            System.out.println("serving port " + server.port() + "; Ctrl-C ends it");
            return server.serveForeverAsync();
        });
    }

    public static void main(String[] args) throws Exception {
        try {
            runStage(() -> args.length > 0 ? serve(Integer.parseInt(args[0])) : demonstrate());
        } catch (KeyboardInterruptException interrupted) {
            System.out.println("goodbye");
        }
    }
}
