package examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;

import examples.VirtualTimeProvider;
import io.jasyncio.LoopOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The demo's body with small numbers: what it prints, and that nothing is left of it. */
class DemoTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);

    private void run(int clients, int requests, boolean inPlace) {
        var options = new DemoOptions(false, OptionalInt.empty(), clients, requests);
        var loops = LoopOptions.defaults().withProvider(VirtualTimeProvider.realProvider());
        DemoKt.runDemo(options, out, inPlace, loops);
    }

    private List<String> lines() {
        return printed.toString(UTF_8).lines().toList();
    }

    @Test
    void printsTheWayAndTheTableAndTheSum() {
        run(4, 42, false);

        // Clients 0 and 1 send 11 requests, the others 10. Each sends PUT, GET, ADD 2, ADD 3, PUT, GET, ADD 6, ADD 7,
        // PUT,
        // GET and, if it is its turn, ADD 10: that is 18 by each and 10 by two of them.
        assertLinesMatch(
                List.of(
                        "A ledger on port \\d+, in Kotlin and Java; 4 clients on a loop of their own",
                        "  4 of 42 requests",
                        ">> 8 more lines, each after 4 requests >>",
                        "  40 of 42 requests",
                        "  42 of 42 requests",
                        "42 requests from 4 clients in \\d+\\.\\d{3} seconds: [\\d,]+ requests/s",
                        "",
                        "request      count    p50 us    p90 us    p99 us    max us",
                        "PUT             12( +[\\d,]+){4}",
                        "GET             12( +[\\d,]+){4}",
                        "ADD             18( +[\\d,]+){4}",
                        "all             42( +[\\d,]+){4}",
                        "",
                        "The sum of all ADDs is 92, as it must be: no update was lost, without a lock.",
                        "STATS: requests 57 keys \\d+ changes 30 commits \\d+"),
                lines());
    }

    @Test
    void onATerminalTheProgressStaysInOneLine() {
        run(2, 3, true);
        var text = printed.toString(UTF_8);
        var progress = text.substring(text.indexOf('\r'), text.indexOf(System.lineSeparator() + "3 requests from"));
        assertEquals("\r  1 of 3 requests\r  2 of 3 requests\r  3 of 3 requests", progress);
    }

    @Test
    void noThreadIsLeft() throws Exception {
        var before = threads();
        run(8, 100, false);
        var left = new HashSet<>(threads());
        left.removeAll(before);
        for (var thread : left) {
            thread.join(Duration.ofSeconds(20).toMillis());
            assertFalse(thread.isAlive(), () -> "a thread is left: " + thread);
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jasyncio-"))
                .collect(Collectors.toSet());
    }

    @Test
    void percentilesAreTimesWithinWhichThatPartWasAnswered() {
        var latencies = new Latencies();
        for (var micros = 2000; micros >= 1; micros--) {
            latencies.add(micros * 1000L);
        }
        assertEquals(1000, latencies.micros(0.5));
        assertEquals(1980, latencies.micros(0.99));
        assertEquals(2000, latencies.micros(1.0));
        assertEquals(0, new Latencies().micros(0.5));
    }
}
