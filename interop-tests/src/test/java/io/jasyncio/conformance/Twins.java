package io.jasyncio.conformance;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The twins of one group on one face, by the name of their scenario, and the scenarios that have no meaning there. */
final class Twins {

    private final Class<?> type;
    private final Map<String, Method> methods = new TreeMap<>();
    private final Map<String, String> notHere = new TreeMap<>();

    private Twins(Class<?> type) {
        this.type = type;
        for (var method : type.getDeclaredMethods()) {
            var twin = method.getAnnotation(Twin.class);
            if (twin != null && methods.put(twin.value(), method) != null) {
                throw new IllegalStateException(type.getSimpleName() + " has two twins of " + twin.value());
            }
        }
        Arrays.stream(type.getAnnotationsByType(NotHere.class))
                .forEach(absent -> notHere.put(absent.scenario(), absent.because()));
    }

    /** Empty if there is no such class. */
    static Optional<Twins> of(String group, Face face) {
        try {
            return Optional.of(new Twins(Class.forName(face.classFor(group))));
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        }
    }

    /** The scenarios that have a twin here. */
    Collection<String> scenarios() {
        return methods.keySet();
    }

    /** The twin of a scenario. */
    @Nullable
    Method twinOf(String scenario) {
        return methods.get(scenario);
    }

    /** The scenarios that were declared to have no meaning here. */
    Collection<String> absent() {
        return notHere.keySet();
    }

    /** A new object to call a twin on. */
    Object newInstance() {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(type + " needs a constructor without parameters", broken);
        }
    }
}
