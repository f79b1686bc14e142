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
