package io.jasyncio.house;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A type as one line, with all that a caller or a subclass can see of it:
 * {@code final class x.Held implements AutoCloseable}.
 */
final class TypeLine {

    /** Supertypes that the kind of the type says already. */
    private static final Set<Class<?>> SAID = Set.of(Object.class, Enum.class, Record.class);

    private final Class<?> type;
    private final TypeNames names;

    TypeLine(Class<?> type) {
        this.type = type;
        this.names = new TypeNames(type.getPackageName());
    }

    String text() {
        var interfaces = new ArrayList<String>();
        addInterfaces(type, interfaces);
        return modifiers()
                + kind()
                + " "
                + type.getCanonicalName()
                + names.parameters(type.getTypeParameters())
                + clause("extends", superclass())
                + clause(type.isInterface() ? "extends" : "implements", interfaces)
                + clause("permits", permitted());
    }

    private static String clause(String word, List<String> types) {
        return types.isEmpty() ? "" : " " + word + " " + String.join(", ", types);
    }

    private String kind() {
        if (type.isInterface()) {
            return type.isAnnotation() ? "@interface" : "interface";
        }
        if (type.isRecord()) {
            return "record";
        }
        return type.isEnum() ? "enum" : "class";
    }

    private String modifiers() {
        var modifiers = type.getModifiers();
        var isClass = kind().equals("class");
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (isClass && Modifier.isStatic(modifiers) ? "static " : "")
                + (isClass && Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (isClass && Modifier.isFinal(modifiers) ? "final " : "")
                + (type.isSealed() ? "sealed " : "");
    }

    /** The nearest superclass that can be named. */
    private List<String> superclass() {
        var current = type;
        AnnotatedType found;
        do {
            found = current.getAnnotatedSuperclass();
            current = current.getSuperclass();
        } while (current != null && !ApiText.isVisible(current));
        return current == null || SAID.contains(current) ? List.of() : List.of(names.of(found));
    }

    /** The interfaces that can be named, with those of the supertypes that cannot. */
    private void addInterfaces(Class<?> current, List<String> found) {
        var direct = current.getInterfaces();
        for (var i = 0; i < direct.length; i++) {
            if (ApiText.isVisible(direct[i])) {
                found.add(names.of(current.getAnnotatedInterfaces()[i]));
            } else {
                addInterfaces(direct[i], found);
            }
        }
        var superclass = current.getSuperclass();
        if (superclass != null && !ApiText.isVisible(superclass)) {
            addInterfaces(superclass, found);
        }
    }

    private List<String> permitted() {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .filter(ApiText::isVisible)
                        .map(names::of)
                        .toList()
                : List.of();
    }
}
