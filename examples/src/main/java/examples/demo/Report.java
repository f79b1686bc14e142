package examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came out of a run.
 *
 * @param clients how many clients asked at the same time
 * @param tookNanos from the first request to the last answer
 * @param byRequest the latencies of each kind of request
 */
public record Report(int clients, long tookNanos, Map<String, Latencies> byRequest) {

    /** The throughput, and a table of latencies. */
    public List<String> lines() {
        var all = new Latencies();
        byRequest.values().forEach(all::addAll);
        var seconds = Math.max(tookNanos, 1) / 1e9;
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d requests from %,d clients in %.3f seconds: %,.0f requests/s",
                all.count(),
                clients,
                seconds,
                all.count() / seconds));
        lines.add("");
        lines.add(Latencies.HEADER);
        byRequest.forEach((request, latencies) -> {
            if (latencies.count() > 0) {
                lines.add(latencies.row(request));
            }
        });
        lines.add(all.row("all"));
        return lines;
    }
}
