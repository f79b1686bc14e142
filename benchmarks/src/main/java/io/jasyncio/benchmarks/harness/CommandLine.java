package io.jasyncio.benchmarks.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What the command lines of all benchmarks have in common. */
public final class CommandLine {

    private CommandLine() {}

    /** Parses; prints the usage if that is asked for, or what is wrong together with the usage, and ends the process. */
    public static <A> A parseOrExit(String[] words, String usage, Supplier<A> parser) {
        if (Arrays.asList(words).contains("--help")) {
            System.out.print(usage);
            System.exit(0);
        }
        try {
            return parser.get();
        } catch (RuntimeException wrong) {
            System.err.println("error: " + wrong.getMessage());
            System.err.print(usage);
            System.exit(2);
            throw wrong;
        }
    }

    /**
     * Hands on one option after the other.
     *
     * @param flags those that stand alone; every other option is followed by its value
     * @param option is given the name and the value, which is empty for a flag
     */
    public static void read(String[] words, Set<String> flags, BiConsumer<String, String> option) {
        for (var i = 0; i < words.length; i++) {
            if (flags.contains(words[i])) {
                option.accept(words[i], "");
            } else if (i + 1 < words.length) {
                option.accept(words[i], words[++i]);
            } else {
                throw new IllegalArgumentException("unknown, or without its value: " + words[i]);
            }
        }
    }

    /** The parts of a value, without the blanks around them. */
    public static List<String> list(String value, String separator) {
        return Arrays.stream(value.split(separator))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** A value that is a whole number, and no less than it makes sense. */
    public static int wholeNumber(String name, String value, int least) {
        try {
            var number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw new IllegalArgumentException(name + " takes a whole number from " + least + ", not '" + value + "'");
    }
}
