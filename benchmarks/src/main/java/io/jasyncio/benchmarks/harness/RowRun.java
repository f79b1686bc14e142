package io.jasyncio.benchmarks.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures one row: starts all contenders, warms them up one after the other, and then takes one sample of each in every
 * round. At any time one process works and the others wait for input.
 */
final class RowRun implements AutoCloseable {

    private final Row row;
    private final Arguments arguments;
    private final Map<String, ChildProcess> children = new LinkedHashMap<>();

    RowRun(Row row, Arguments arguments) {
        this.row = row;
        this.arguments = arguments;
    }

    /** The samples of each contender, by round. */
    Map<String, List<Sample>> measure(Commands commands) throws IOException {
        for (var contender : row.everybody()) {
            var command = commands.of(row, contender);
            if (arguments.wants(contender) && command.isPresent()) {
                var child = new ChildProcess(command.get());
                children.put(contender, child);
                child.warmUp(arguments.warmUpMillis(), arguments.sampleMillis());
            }
        }
        var samples = new LinkedHashMap<String, List<Sample>>();
        children.keySet().forEach(contender -> samples.put(contender, new ArrayList<>()));
        for (var round = 0; round < arguments.rounds(); round++) {
            for (var contender : inOrderOf(round)) {
                samples.get(contender).add(children.get(contender).sample());
            }
        }
        return samples;
    }

    /** Each round begins with another contender, so that nobody always follows the same one. */
    private List<String> inOrderOf(int round) {
        var order = new ArrayList<>(children.keySet());
        java.util.Collections.rotate(order, -round);
        return order;
    }

    @Override
    public void close() {
        children.values().forEach(ChildProcess::close);
    }
}
