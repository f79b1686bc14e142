package io.jasyncio.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A random program as CPython ran it.
 *
 * @param title its name, which is a seed and a number, and its text
 */
record RandomProgram(String kind, String title, List<String> lines) {

    private static final String TRACE_SEPARATOR = "; ";

    /** The folder with the recorded programs and {@code random_programs.py}. */
    static Path folder() {
        return Recorded.folder().resolve("random");
    }

    /** What the programs are about, by name. */
    static List<String> kinds() {
        try (var files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .map(name -> name.replace(".txt", ""))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + folder(), unreadable);
        }
    }

    /** The programs of a kind that are recorded in the project. */
    static List<RandomProgram> recorded(String kind) {
        try {
            return parse(kind, Files.readAllLines(folder().resolve(kind + ".txt")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the programs of " + kind, unreadable);
        }
    }

    /** Programs as {@code random_programs.py} writes them: two lines for each. */
    static List<RandomProgram> parse(String kind, List<String> text) {
        return IntStream.range(0, text.size() / 2)
                .mapToObj(program -> new RandomProgram(
                        kind,
                        text.get(2 * program),
                        List.of(text.get(2 * program + 1).split(TRACE_SEPARATOR))))
                .toList();
    }

    /** The value that the thing has to begin with. */
    String head() {
        return text()[0];
    }

    List<RandomWord> words() {
        var text = text();
        return IntStream.range(1, text.length)
                .mapToObj(place -> RandomWord.of(place - 1, text[place]))
                .toList();
    }

    /**
     * Whether a wait for a condition may be asked twice to end: by a deadline, a patience or a cancellation. The second time
     * it has to wait for the lock and loses its place there, but a coroutine is cancelled once and takes no notice.
     */
    boolean cancelsTwice() {
        var starts = words().stream().filter(RandomWord::startsTask).toList();
        return kind.equals("conditions")
                && IntStream.range(0, starts.size()).anyMatch(task -> requests(starts.get(task), task) > 1);
    }

    private int requests(RandomWord start, int task) {
        var cancels = Collections.frequency(lines, "cancel T" + task);
        return cancels + (start.seconds() > 0 ? 1 : 0) + (start.letter() == 'L' ? 1 : 0);
    }

    private String[] text() {
        var parts = title.split(" ");
        return Arrays.copyOfRange(parts, 1, parts.length);
    }

    @Override
    public String toString() {
        return kind + " " + title;
    }
}
