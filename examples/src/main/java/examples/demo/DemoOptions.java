package examples.demo;

import java.util.List;
import java.util.ListIterator;
import java.util.OptionalInt;

/**
 * What the demo was asked to do.
 *
 * @param help only to say what it can do
 * @param servePort to serve other people's clients on this port until Ctrl-C; empty to run the demo's own
 * @param clients how many of the demo's own clients ask at the same time
 * @param requests how many requests they send, all in all
 */
public record DemoOptions(boolean help, OptionalInt servePort, int clients, int requests) {

    /** 10,000 requests from 100 clients. */
    public static final DemoOptions DEFAULT = new DemoOptions(false, OptionalInt.empty(), 100, 10_000);

    /** What {@code --help} prints. */
    public static final String USAGE = """
            Usage: ./jasyncio demo ledger [--clients N] [--requests N]
                   ./jasyncio demo ledger --serve [PORT]

            A ledger that is served over TCP: the protocol in Kotlin, the business in Java, both on one loop and
            without a lock. On a loop of their own, clients send requests, check each answer and take the time.

              --clients N      how many clients ask at the same time: 1 to 10000, 100 if not given
              --requests N     how many requests they send, all in all: 1 to 100000000, 10000 if not given
              --serve [PORT]   serve until Ctrl-C, on this port of 127.0.0.1: 7007 if not given, 0 for any
              --help           print this text

            The protocol, a line for a line: PUT key amount, GET key, ADD key amount, STATS, QUIT.
            Exit code: 0, also after Ctrl-C while serving; 1 if an answer was wrong or there is no connection;
            2 for a wrong option; 130 after Ctrl-C in the middle of the run.""";

    private static final int DEFAULT_PORT = 7007;

    /**
     * Reads the arguments of the command line.
     *
     * @throws IllegalArgumentException says what is wrong, in one line
     */
    public static DemoOptions parse(String... arguments) {
        var options = DEFAULT;
        for (var rest = List.of(arguments).listIterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private DemoOptions with(String option, ListIterator<String> rest) {
        return switch (option) {
            case "--help", "-h" -> new DemoOptions(true, servePort, clients, requests);
            case "--clients" -> new DemoOptions(help, servePort, number(option, rest, 1, 10_000), requests);
            case "--requests" -> new DemoOptions(help, servePort, clients, number(option, rest, 1, 100_000_000));
            case "--serve" -> new DemoOptions(help, OptionalInt.of(port(option, rest)), clients, requests);
            default ->
                throw new IllegalArgumentException("unknown option '" + option + "'; --help lists what there is");
        };
    }

    private static int port(String option, ListIterator<String> rest) {
        if (rest.hasNext()) {
            var isPort = !rest.next().startsWith("-");
            rest.previous();
            if (isPort) {
                return number(option, rest, 0, 65_535);
            }
        }
        return DEFAULT_PORT;
    }

    private static int number(String option, ListIterator<String> rest, int least, int most) {
        var range = option + " takes a whole number from " + least + " to " + most;
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(range);
        }
        var text = rest.next();
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException isNone) {
            // Said below.
        }
        throw new IllegalArgumentException(range + ", not '" + text + "'");
    }
}
