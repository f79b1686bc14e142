package examples.demo;

import java.util.Arrays;
import java.util.Locale;

/** How long requests took. */
public final class Latencies {

    private long[] nanos = new long[1024];
    private int count;
    private boolean sorted = true;

    /** Notes one request, in nanoseconds. */
    public void add(long tookNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = tookNanos;
        sorted = false;
    }

    /** Notes all of these too. */
    void addAll(Latencies others) {
        for (var i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    /** How many requests were noted. */
    public int count() {
        return count;
    }

    /** The time within which this part of the requests was answered, in microseconds; 1.0 for the slowest of all. */
    long micros(double part) {
        if (count == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        var rank = (int) Math.ceil(part * count);
        return nanos[Math.max(rank, 1) - 1] / 1000;
    }

    /** A row of the table under {@link #HEADER}. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "%-8s%,10d%,10d%,10d%,10d%,10d",
                name,
                count,
                micros(0.5),
                micros(0.9),
                micros(0.99),
                micros(1.0));
    }

    /** What the numbers of a {@link #row} are. */
    static final String HEADER = "request      count    p50 us    p90 us    p99 us    max us";
}
