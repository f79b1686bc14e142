package io.jasyncio.spi;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the one runtime on the class path or module path. */
public final class Providers {

    /** Names the class of the provider to use where there are several. */
    private static final String PROPERTY = "io.jasyncio.provider";

    private static volatile @Nullable EventLoopProvider found;

    private Providers() {}

    /**
     * The runtime. Looked up once.
     *
     * @throws IllegalStateException if there is none, or more than one; the message says what to do
     */
    public static EventLoopProvider get() {
        var provider = found;
        if (provider == null) {
            // The class loader of the API, not the caller's: the answer must not depend on who asks first.
            var services = ServiceLoader.load(EventLoopProvider.class, EventLoopProvider.class.getClassLoader());
            provider = choose(services.stream().toList(), System.getProperty(PROPERTY));
            found = provider;
        }
        return provider;
    }

    static EventLoopProvider choose(
            List<ServiceLoader.Provider<EventLoopProvider>> candidates, @Nullable String wanted) {
        var matching = candidates.stream()
                .filter(candidate ->
                        wanted == null || candidate.type().getName().equals(wanted))
                .toList();
        if (matching.size() == 1) {
            return matching.get(0).get();
        }
        var names =
                candidates.stream().map(candidate -> candidate.type().getName()).collect(Collectors.joining(", "));
        if (wanted != null) {
            throw new IllegalStateException("the system property " + PROPERTY + " asks for " + wanted
                    + ", which is not among the event loop providers found: "
                    + (names.isEmpty() ? "none" : names));
        }
        if (candidates.isEmpty()) {
            throw new IllegalStateException("no event loop provider found: add the artifact"
                    + " io.jasyncio:jasyncio-kotlin-runtime to the class path or module path");
        }
        throw new IllegalStateException("more than one event loop provider found: " + names
                + ". Remove all but one, or choose with -D" + PROPERTY + "=<class name>");
    }
}
