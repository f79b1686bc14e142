package io.jasyncio.house;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The public API of a folder or jar as text: one line for each type, and below it one for each of its members. */
final class ApiText {

    static final String INDENT = "    ";

    private ApiText() {}

    /**
     * The text for some packages. Types and members are sorted: it is the same whoever compiled the classes.
     *
     * @param anchor any class of the folder or jar; other entries of the class path may hold the same packages
     */
    static List<String> of(Class<?> anchor, List<String> packages) throws IOException {
        var text = new ArrayList<String>();
        for (var type : types(anchor, packages)) {
            text.add(new TypeLine(type).text());
            new MemberLines(type).all().forEach(line -> text.add(INDENT + line));
            text.add("");
        }
        return text;
    }

    private static List<Class<?>> types(Class<?> anchor, List<String> packages) throws IOException {
        var entry = entryOf(anchor);
        if (Files.isDirectory(entry)) {
            return typesBelow(entry, anchor.getClassLoader(), packages);
        }
        try (var jar = FileSystems.newFileSystem(entry)) {
            return typesBelow(jar.getPath("/"), anchor.getClassLoader(), packages);
        }
    }

    private static Path entryOf(Class<?> anchor) {
        try {
            return Path.of(
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static List<Class<?>> typesBelow(Path root, ClassLoader loader, List<String> packages) throws IOException {
        var types = new ArrayList<Class<?>>();
        for (var name : packages) {
            try (var files = Files.newDirectoryStream(root.resolve(name.replace('.', '/')), "*.class")) {
                for (var file : files) {
                    var type = load(name + "." + file.getFileName().toString().replace(".class", ""), loader);
                    if (isVisible(type)) {
                        types.add(type);
                    }
                }
            }
        }
        types.sort(Comparator.comparing(Class::getCanonicalName));
        return types;
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** Whether code of another package can name the type. */
    static boolean isVisible(Class<?> type) {
        var nameable = !type.isSynthetic() && !type.isAnonymousClass() && !type.isLocalClass();
        var outer = type.getEnclosingClass();
        return nameable && isReachable(type.getModifiers()) && (outer == null || isVisible(outer));
    }

    /** Whether the modifiers are those of something that code of another package can reach, if only as a subclass. */
    static boolean isReachable(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
