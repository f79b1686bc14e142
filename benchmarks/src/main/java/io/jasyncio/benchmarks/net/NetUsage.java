package io.jasyncio.benchmarks.net;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one of the benchmarks of the network is called.
 *
 * @param command the word after {@code benchmarks/run}
 * @param rows what {@code --rows} may name
 * @param servers what {@code --servers} may name
 * @param options which options it has
 */
record NetUsage(String command, List<String> rows, List<String> servers, Set<NetOption> options) {

    /** What {@code --help} prints. */
    String text() {
        var text = new StringBuilder("usage: benchmarks/run " + command + " [option...]\n\n");
        for (var option : NetOption.values()) {
            if (options.contains(option)) {
                text.append(option.description());
            }
        }
        if (!rows.isEmpty()) {
            text.append("\nrows: ").append(String.join(", ", rows)).append("\nratios are to the first server");
        }
        return text + "\nservers: " + String.join(", ", servers) + "\n";
    }

    /** Fails for an option that is none, or of another benchmark. */
    NetOption option(String word) {
        return options.stream()
                .filter(option -> option.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + command + "' has no option " + word));
    }

    /** The options without a value, as they are written. */
    Set<String> flags() {
        return options.stream().filter(NetOption::isFlag).map(NetOption::word).collect(Collectors.toSet());
    }
}
