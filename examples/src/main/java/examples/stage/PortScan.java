package examples.stage;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.Resources.*;
import static io.jasyncio.stream.Streams.*;

import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.sync.AsyncSemaphore;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Which ports of this machine are open, and what do they say? All of them are tried at the same time, but a semaphore lets no more
 * than a hundred connections be open at once; and nobody is waited for longer than two seconds.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/stage/PortScan.java}. It scans the ports up to 500 and two that it
 * opens itself; with two numbers, as in {@code PortScan.java 1 9999}, it scans the ports from here to there.
 */
public class PortScan {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What is found out about one port; null if nobody listens there. */
    static CompletionStage<String> look(int port, AsyncSemaphore connections) {
        return connections
                .withPermitAsync(() -> usingStage(
                        waitFor(openConnection("127.0.0.1", port), PATIENCE),
                        connection -> listen(connection.reader())
                                .thenApply(heard -> "port " + port + " is open and " + heard)))
                .exceptionallyCompose(failure -> ofFailure(failure, port));
    }

    static CompletionStage<String> ofFailure(Throwable failure, int port) {
        if (failure instanceof ConnectException) {
            return CompletableFuture.completedFuture(null);
        } else if (failure instanceof TimeoutException) {
            return CompletableFuture.completedFuture("port " + port + " does not answer");
        }
        return CompletableFuture.failedFuture(failure);
    }

    static CompletionStage<String> listen(StreamReader reader) {
        return waitFor(reader.readLineAsync(), PATIENCE).handle((line, failure) -> {
            if (failure == null) {
                return line == null ? "hangs up" : "says: " + line;
            } else if (failure instanceof TimeoutException) {
                return "waits for us to speak";
            } else if (failure instanceof IOException) {
                return "hangs up";
            }
            throw new CompletionException(failure);
        });
    }

    static CompletionStage<Void> scan(IntStream ports) {
        var connections = new AsyncSemaphore(100);
        System.out.println("scanning 127.0.0.1");
        var looks = ports.mapToObj(port -> look(port, connections)).toList();
        return gather(looks).thenAccept(results -> {
            var found = results.stream().filter(Objects::nonNull).toList();
            found.forEach(System.out::println);
            System.out.println(looks.size() + " ports, " + (looks.size() - found.size()) + " of them closed");
        });
    }

    static CompletionStage<String> greet(StreamReader reader, StreamWriter writer) {
        return usingStage(writer, open -> {
            writer.write("220 at your service\n");
            return reader.readLineAsync();
        });
    }

    static CompletionStage<String> keepSilent(StreamReader reader, StreamWriter writer) {
        return usingStage(writer, open -> reader.readLineAsync());
    }

    static CompletionStage<Void> demonstrate() {
        return usingStage(
                startStageServer(PortScan::greet, "127.0.0.1", 0),
                one -> usingStage(
                        startStageServer(PortScan::keepSilent, "127.0.0.1", 0),
                        other -> scan(IntStream.concat(
                                IntStream.rangeClosed(1, 500), IntStream.of(one.port(), other.port())))));
    }

    public static void main(String[] args) throws Exception {
        runStage(() -> args.length == 2
                ? scan(IntStream.rangeClosed(Integer.parseInt(args[0]), Integer.parseInt(args[1])))
                : demonstrate());
    }
}
