package io.jasyncio.house;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Types as they stand in a source file that is in a given package: {@code LoopFuture<@Nullable Void>}. A type of another
 * package is written with its package, for two of them may have the same name; {@code java.lang} is not.
 *
 * @param home the package
 */
record TypeNames(String home) {

    /** A type where it is used, with the mark of what may be null. */
    String of(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return of(array.getAnnotatedGenericComponentType()) + (isNullable(array) ? " @Nullable []" : "[]");
        }
        return (isNullable(type) ? "@Nullable " : "") + unmarked(type);
    }

    private String unmarked(AnnotatedType type) {
        if (type instanceof AnnotatedWildcardType wildcard) {
            return wildcard(wildcard);
        }
        if (type instanceof AnnotatedTypeVariable variable) {
            return variable.getType().getTypeName();
        }
        if (type instanceof AnnotatedParameterizedType generic) {
            var raw = (Class<?>) ((ParameterizedType) generic.getType()).getRawType();
            return of(raw) + "<" + list(generic.getAnnotatedActualTypeArguments()) + ">";
        }
        return of((Class<?>) type.getType());
    }

    private String wildcard(AnnotatedWildcardType wildcard) {
        if (wildcard.getAnnotatedLowerBounds().length > 0) {
            return "? super " + list(wildcard.getAnnotatedLowerBounds());
        }
        var upper = list(wildcard.getAnnotatedUpperBounds());
        return upper.isEmpty() || upper.equals("Object") ? "?" : "? extends " + upper;
    }

    String of(Class<?> type) {
        var prefix = type.getPackageName() + ".";
        var name = type.getCanonicalName();
        return prefix.equals(home + ".") || prefix.equals("java.lang.") ? name.replace(prefix, "") : name;
    }

    String list(AnnotatedType[] types) {
        return Stream.of(types).map(this::of).collect(Collectors.joining(", "));
    }

    /** What a type or method declares between angle brackets; empty if nothing. */
    String parameters(TypeVariable<?>[] declared) {
        return declared.length == 0
                ? ""
                : Stream.of(declared).map(this::parameter).collect(Collectors.joining(", ", "<", ">"));
    }

    private String parameter(TypeVariable<?> declared) {
        var bounds = Stream.of(declared.getAnnotatedBounds()).map(this::of).collect(Collectors.joining(" & "));
        return bounds.equals("Object") ? declared.getName() : declared.getName() + " extends " + bounds;
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
