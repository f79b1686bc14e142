package examples.redis;

import java.io.IOException;

/** A client that asks for more than any system holds for it, and does not read. It has come to a stop when this is made. */
final class Lazy implements AutoCloseable {

    /** How often it asks for a value of 60,000 bytes: that makes 240 MB. */
    static final int QUESTIONS = 4000;

    private static final int VALUE_BYTES = 60_000;

    private final Wire wire;
    private final Thread asking;
    private final long served;

    Lazy(int port) throws IOException {
        wire = Wire.narrow(port);
        asking = new Thread(this::ask);
        try (var observer = new Wire(port)) {
            observer.say("SET k '" + "v".repeat(VALUE_BYTES) + "'");
            asking.start();
            served = watch(observer);
        }
    }

    private void ask() {
        try {
            wire.send("GET k\r\n".repeat(QUESTIONS));
        } catch (IOException cutOff) {
            // It had it coming.
        }
    }

    /** Waits until it is served no further. */
    private static long watch(Wire observer) throws IOException {
        var before = commands(observer);
        var now = before;
        var own = 0;
        for (var passes = 0; now == before || passes < 200; passes++) {
            var then = commands(observer) - ++own;
            if (then > now) {
                now = then;
                passes = 0;
            }
        }
        return now - before;
    }

    private static long commands(Wire observer) throws IOException {
        return observer.say("INFO stats")
                .lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** How many of its questions are answered, and the answers on their way. */
    long served() {
        return served;
    }

    /** Reads after all, and tells how many answers there are. */
    int hearAll() throws InterruptedException {
        var heard = 0;
        try {
            while (heard < QUESTIONS && wire.hear().length() == "$60000 ".length() + VALUE_BYTES) {
                heard++;
            }
        } catch (IOException cutOff) {
            // There are no more.
        }
        asking.join();
        return heard;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
