package io.jasyncio.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The methods in source files, and how long they are: from the first modifier to the closing brace. */
final class Methods {

    private static final Pattern FUN = Pattern.compile("^( *)(?:@?\\w+ )*fun (?!interface\\b)(?:<[^(]*> )?([^(]*).*");

    private Methods() {}

    record Method(Path file, int line, String name, int lines) {
        @Override
        public String toString() {
            return name + " (" + file.getFileName() + ":" + line + "): " + lines + " lines";
        }
    }

    /** Asks the Java compiler, which knows. */
    static List<Method> inJava(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new ArrayList<Method>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, units);
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                unit.accept(new Finder(unit, positions, found), null);
            }
        }
        return found;
    }

    private static final class Finder extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> found;

        Finder(CompilationUnitTree unit, SourcePositions positions, List<Method> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            var first = lineOf(positions.getStartPosition(unit, method));
            var last = lineOf(positions.getEndPosition(unit, method));
            var file = Path.of(unit.getSourceFile().toUri());
            found.add(new Method(file, first, method.getName().toString(), last - first + 1));
            return super.visitMethod(method, unused);
        }

        private int lineOf(long position) {
            return (int) unit.getLineMap().getLineNumber(position);
        }
    }

    /**
     * Goes by the indentation, which the formatter guarantees: a function ends before the next line that stands as far left
     * as its own first line and does not close a bracket.
     */
    static List<Method> inKotlin(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        var found = new ArrayList<Method>();
        for (var first = 0; first < lines.size(); first++) {
            var fun = FUN.matcher(lines.get(first));
            if (fun.matches()) {
                var last = lastLine(lines, first, fun.group(1).length());
                found.add(new Method(file, first + 1, fun.group(2), last - first + 1));
            }
        }
        return found;
    }

    private static int lastLine(List<String> lines, int first, int indent) {
        var last = first;
        for (var next = first + 1; next < lines.size(); next++) {
            var line = lines.get(next);
            var text = line.strip();
            var column = line.length() - line.stripLeading().length();
            if (text.isEmpty()) {
                continue;
            }
            if (column < indent || column == indent && ")}]".indexOf(text.charAt(0)) < 0) {
                break;
            }
            last = next;
        }
        return last;
    }
}
