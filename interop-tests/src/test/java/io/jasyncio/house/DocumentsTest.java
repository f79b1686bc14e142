package io.jasyncio.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show can be copied, what they name is there, and their links lead somewhere. */
class DocumentsTest {

    private static final List<String> FOLDERS =
            List.of("", "docs", "examples", "examples/mini-redis", "benchmarks", "interop-tests/conformance");

    /** Holds each block in Kotlin, word by word, in a file of its own: so the build compiles it. */
    private static final Path KOTLIN_BLOCKS =
            Sources.ROOT.resolve("interop-tests/src/test/kotlin/io/jasyncio/documents");

    private static final Pattern PACKAGE_LINE = Pattern.compile("\\Apackage [\\w.]+\\n\\n");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
    private static final Pattern ASYNC_METHOD = Pattern.compile("\\b[a-z]\\w*Async\\b");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]+`");

    private static List<Path> documents() throws IOException {
        var documents = new ArrayList<Path>();
        for (var folder : FOLDERS) {
            try (var files = Files.newDirectoryStream(Sources.ROOT.resolve(folder), "*.md")) {
                files.forEach(documents::add);
            }
        }
        return documents;
    }

    private static Stream<CodeBlock> blocksIn(String language) throws IOException {
        var blocks = new ArrayList<CodeBlock>();
        for (var document : documents()) {
            blocks.addAll(CodeBlock.of(document));
        }
        return blocks.stream().filter(block -> block.language().equals(language));
    }

    static Stream<CodeBlock> javaBlocks() throws IOException {
        return blocksIn("java");
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void javaThatIsShownCompilesWithoutAWarning(CodeBlock block) throws IOException {
        assertEquals(List.of(), JavaBlocks.complaintsAbout(block), block::toString);
    }

    @Test
    void kotlinThatIsShownIsCompiledByTheBuild() throws IOException {
        var compiled = new HashMap<String, Path>();
        try (var files = Files.newDirectoryStream(KOTLIN_BLOCKS, "*.kt")) {
            for (var file : files) {
                compiled.put(PACKAGE_LINE.matcher(Files.readString(file)).replaceFirst(""), file);
            }
        }
        for (var block : blocksIn("kotlin").toList()) {
            assertTrue(
                    compiled.remove(block.text()) != null,
                    () -> "no file in " + Sources.ROOT.relativize(KOTLIN_BLOCKS) + " is what " + block + " shows");
        }
        assertEquals(Set.of(), Set.copyOf(compiled.values()), "what no document shows");
    }

    static Stream<Path> everyDocument() throws IOException {
        return documents().stream().map(Sources.ROOT::relativize);
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void aLinkLeadsToAFile(Path document) throws IOException {
        var broken = LINK.matcher(Files.readString(Sources.ROOT.resolve(document)))
                .results()
                .map((MatchResult link) -> link.group(1))
                .filter(target -> !target.contains("://"))
                .filter(target -> !Files.exists(Sources.ROOT.resolve(document).resolveSibling(target)))
                .toList();
        assertEquals(List.of(), broken);
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void anAsyncMethodThatIsNamedIsInTheApi(Path document) throws IOException {
        var named = CODE.matcher(Files.readString(Sources.ROOT.resolve(document)))
                .results()
                .flatMap(code -> ASYNC_METHOD.matcher(code.group()).results())
                .map((MatchResult method) -> method.group())
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(asyncMethods());
        assertEquals(Set.of(), named);
    }

    private static Set<String> asyncMethods() throws IOException {
        var api = Files.readString(Sources.ROOT.resolve("interop-tests/api/java-api.txt"));
        return ASYNC_METHOD.matcher(api).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
