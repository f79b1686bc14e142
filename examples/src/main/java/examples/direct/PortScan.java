package examples.direct;

import static io.jasyncio.Asyncio.*;
import static io.jasyncio.stream.Streams.*;

import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.sync.AsyncSemaphore;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Which ports of this machine are open, and what do they say? All of them are tried at the same time, but a semaphore lets no more
 * than a hundred connections be open at once; and nobody is waited for longer than two seconds.
 *
 * <p>Run it: {@code ./jasyncio run examples/src/main/java/examples/direct/PortScan.java}. It scans the ports up to 500 and two that it
 * opens itself; with two numbers, as in {@code PortScan.java 1 9999}, it scans the ports from here to there.
 */
public class PortScan {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What is found out about one port; null if nobody listens there. */
    static String look(int port, AsyncSemaphore connections) throws Exception {
        try (var room = await(connections.holdAsync());
                var connection = await(waitFor(openConnection("127.0.0.1", port), PATIENCE))) {
            return "port " + port + " is open and " + listen(connection.reader());
        } catch (ConnectException refused) {
            return null;
        } catch (TimeoutException unanswered) {
            return "port " + port + " does not answer";
        }
    }

    static String listen(StreamReader reader) throws Exception {
        try {
            var line = await(waitFor(reader.readLineAsync(), PATIENCE));
            return line == null ? "hangs up" : "says: " + line;
        } catch (TimeoutException silent) {
            return "waits for us to speak";
        } catch (IOException broken) {
            return "hangs up";
        }
    }

    static void scan(IntStream ports) throws Exception {
        var connections = new AsyncSemaphore(100);
        System.out.println("scanning 127.0.0.1");
        var looks = ports.mapToObj(port -> createTask(() -> look(port, connections)))
                .toList();
        var found = await(gather(looks)).stream().filter(Objects::nonNull).toList();
        found.forEach(System.out::println);
        System.out.println(looks.size() + " ports, " + (looks.size() - found.size()) + " of them closed");
    }

    static void greet(StreamReader reader, StreamWriter writer) throws Exception {
        try (writer) {
            writer.write("220 at your service\n");
            await(reader.readLineAsync());
        }
    }

    static void keepSilent(StreamReader reader, StreamWriter writer) throws Exception {
        try (writer) {
            await(reader.readLineAsync());
        }
    }

    static void demonstrate() throws Exception {
        try (var one = await(startServer(PortScan::greet, "127.0.0.1", 0));
                var other = await(startServer(PortScan::keepSilent, "127.0.0.1", 0))) {
            scan(IntStream.concat(IntStream.rangeClosed(1, 500), IntStream.of(one.port(), other.port())));
        }
    }

    public static void main(String[] args) throws Exception {
        run(() -> {
            if (args.length == 2) {
                scan(IntStream.rangeClosed(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
            } else {
                demonstrate();
            }
        });
    }
}
