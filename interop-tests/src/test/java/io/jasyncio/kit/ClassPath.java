package io.jasyncio.kit;

import io.jasyncio.spi.EventLoopProvider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The class path of the tests, for processes that a test starts. */
public final class ClassPath {

    private static final String SERVICE = "META-INF/services/" + EventLoopProvider.class.getName();

    private static final String CLASS = ".class";

    private ClassPath() {}

    /** All entries. Surefire may have hidden them behind a single jar, and says so in a property. */
    public static List<Path> entries() {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    /** All entries but the one that offers a runtime. */
    public static List<Path> withoutRuntime() {
        return entries().stream().filter(entry -> !contains(entry, SERVICE)).toList();
    }

    /**
     * Loads all classes whose name begins so and that lie in a folder, but for the tests themselves. A class that is used later
     * needs no file then.
     */
    public static void loadFolders(String start) throws IOException, ClassNotFoundException {
        for (var root : entries()) {
            if (Files.isDirectory(root) && !contains(root, fileOf(ClassPath.class))) {
                for (var name : classesIn(root)) {
                    if (name.startsWith(start)) {
                        Class.forName(name, false, ClassPath.class.getClassLoader());
                    }
                }
            }
        }
    }

    private static String fileOf(Class<?> type) {
        return type.getName().replace('.', '/') + CLASS;
    }

    private static List<String> classesIn(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS))
                    .map(file ->
                            file.substring(0, file.length() - CLASS.length()).replace(File.separatorChar, '.'))
                    .toList();
        }
    }

    /** Whether a folder or jar has a file. */
    public static boolean contains(Path entry, String file) {
        if (!Files.isRegularFile(entry)) {
            return Files.exists(entry.resolve(file));
        }
        try (var jar = new JarFile(entry.toFile())) {
            return jar.getEntry(file) != null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Makes a folder a class path entry that offers one more provider, which must be on the class path itself. */
    public static void offerProvider(Path folder, Class<? extends EventLoopProvider> provider) throws IOException {
        var service = folder.resolve(SERVICE);
        Files.createDirectories(service.getParent());
        Files.writeString(service, provider.getName() + "\n");
    }
}
