package io.jasyncio.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.runtime.loop.SelectorEventLoopProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What is public is what the committed files in {@code api} say. Who changes it on purpose renders them again, and the
 * change stands in the diff for everybody to see.
 */
class PublicApiTest {

    private static final Path FILES = Sources.ROOT.resolve("interop-tests").resolve("api");
    private static final String UPDATE = "jasyncio.api.update";
    private static final String HOW_TO_ACCEPT = "If this is intended, render the files again and commit them:\n"
            + "  mvn -pl interop-tests -am test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -D"
            + UPDATE
            + "=true";

    /** The name of a type in its line: nothing before it has a dot. */
    private static final Pattern QUALIFIED = Pattern.compile("\\w+(?:\\.\\w+)+");

    @Test
    void theJavaApiIsWhatIsWrittenDown() throws IOException {
        check("java-api", Asyncio.class);
    }

    /** As Java sees it; what is internal to Kotlin counts, for Java can call it. */
    @Test
    void theKotlinApiIsWhatIsWrittenDown() throws IOException {
        check("kotlin-runtime", SelectorEventLoopProvider.class);
    }

    private static void check(String module, Class<?> anchor) throws IOException {
        var file = FILES.resolve(module + ".txt");
        var packages = Sources.exports(module);
        assertTrue(packages.size() > 0, module + " exports nothing");
        var text = ApiText.of(anchor, packages);
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(FILES);
            Files.write(file, text);
        }
        var before = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
        var changes = changes(before, text);
        assertTrue(
                changes.isEmpty(),
                () -> "The public API of " + module + " is not what " + Sources.ROOT.relativize(file) + " says:\n  "
                        + String.join("\n  ", changes) + "\n" + HOW_TO_ACCEPT);
        assertEquals(text, before, "the order of lines");
    }

    private static List<String> changes(List<String> before, List<String> after) {
        var was = statements(before);
        var is = statements(after);
        var changes = new ArrayList<String>();
        was.stream().filter(line -> !is.contains(line)).forEach(line -> changes.add("- " + line));
        is.stream().filter(line -> !was.contains(line)).forEach(line -> changes.add("+ " + line));
        return changes;
    }

    /** Lines that can be understood each alone: a member's line gets the name of its type. */
    private static Set<String> statements(List<String> text) {
        var statements = new LinkedHashSet<String>();
        var type = "";
        for (var line : text) {
            if (line.startsWith(ApiText.INDENT)) {
                statements.add(type + ": " + line.strip());
            } else if (!line.isEmpty()) {
                var name = QUALIFIED.matcher(line);
                type = name.find() ? name.group() : line;
                statements.add(line);
            }
        }
        return statements;
    }

    @Test
    void whatIsAddedAndWhatIsRemovedIsNamed() {
        var before = List.of("final class x.Door", "    Door()", "    void open()", "", "class x.Wall", "    Wall()");
        var after = List.of("class x.Door", "    Door()", "    void open(int)", "", "class x.Wall", "    Wall()");
        assertEquals(
                List.of("- final class x.Door", "- x.Door: void open()", "+ class x.Door", "+ x.Door: void open(int)"),
                changes(before, after));
    }
}
