package io.jasyncio.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of code in a document, between two fences.
 *
 * @param document where it stands
 * @param line the line of its first fence
 * @param language what stands behind that fence
 * @param text what a reader copies
 */
record CodeBlock(Path document, int line, String language, String text) {

    private static final Pattern FENCED =
            Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** All blocks of a document whose fence names a language. */
    static List<CodeBlock> of(Path document) throws IOException {
        var text = Files.readString(document);
        var blocks = new ArrayList<CodeBlock>();
        var fences = FENCED.matcher(text);
        while (fences.find()) {
            blocks.add(new CodeBlock(document, lineOf(text, fences.start()), fences.group(1), fences.group(2)));
        }
        return blocks;
    }

    private static int lineOf(String text, int position) {
        return 1 + (int) text.substring(0, position).lines().count();
    }

    /** A reader can store it in a file and compile it. Everything else is shown without what stands around it. */
    boolean isProgram() {
        return text.startsWith("import ");
    }

    @Override
    public String toString() {
        return Sources.ROOT.relativize(document) + ":" + line;
    }
}
