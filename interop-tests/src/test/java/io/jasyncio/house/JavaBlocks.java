package io.jasyncio.house;

import com.sun.source.util.JavacTask;
import io.jasyncio.kit.ClassPath;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** What the Java compiler has to say of a block of code. */
final class JavaBlocks {

    /** A reader has Java 17, and wants to hear no warning when he copies something. */
    private static final List<String> OPTIONS =
            List.of("--release", "17", "-proc:none", "-Xlint:deprecation,rawtypes,removal,unchecked");

    private static final Pattern PUBLIC_CLASS = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);

    /** What the documents say is imported, and what they take as given. */
    private static final String BEFORE_FRAGMENT = """
            import static io.jasyncio.Asyncio.*;
            import static io.jasyncio.Resources.*;
            import static io.jasyncio.stream.Streams.*;
            import static java.nio.charset.StandardCharsets.UTF_8;
            import io.jasyncio.*;
            import io.jasyncio.queue.*;
            import io.jasyncio.spi.*;
            import io.jasyncio.stream.*;
            import io.jasyncio.sync.*;
            import io.jasyncio.transport.*;
            import java.net.*;
            import java.nio.*;
            import java.nio.channels.*;
            import java.nio.file.*;
            import java.time.*;
            import javax.net.ssl.*;
            abstract class Fragment {
                StreamReader reader;
                StreamWriter writer;
                SSLContext contextWithKey;
                Path path;
                int port;
                void body() throws Exception {
            """;

    private static final String AFTER_FRAGMENT = "}\n}\n";

    private JavaBlocks() {}

    /** Warnings and errors, each with its line in the document; none if a reader can use the block. */
    static List<String> complaintsAbout(CodeBlock block) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(said, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, ClassPath.entries());
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            var task = (JavacTask) compiler.getTask(null, files, said, OPTIONS, null, List.of(source(block)));
            // Types, exceptions and what is assigned are checked now; class files are not needed.
            task.analyze();
        }
        return said.getDiagnostics().stream()
                .map(complaint -> lineOf(complaint, block) + ": " + complaint.getMessage(null))
                .toList();
    }

    private static JavaFileObject source(CodeBlock block) {
        var program = PUBLIC_CLASS.matcher(block.text());
        return block.isProgram() && program.find()
                ? new Text(program.group(1), block.text())
                : new Text("Fragment", BEFORE_FRAGMENT + block.text() + AFTER_FRAGMENT);
    }

    private static long lineOf(Diagnostic<?> complaint, CodeBlock block) {
        var before = block.isProgram() ? 0 : BEFORE_FRAGMENT.lines().count();
        return block.line() + complaint.getLineNumber() - before;
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String className, String text) {
            super(URI.create("text:///" + className + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
