package io.jasyncio.house;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members of a type that a caller or a subclass can reach, one line each: constructors, fields, methods.
 *
 * <p>A method of a supertype that nobody can name belongs to the type that inherits it, as it does for a caller; it is
 * written with the type parameters of the supertype. What every object or every enum has is left out.
 */
final class MemberLines {

    private static final Set<String> OF_ANY_OBJECT = Set.of("equals(Object)", "hashCode()", "toString()");
    private static final Set<String> OF_ANY_ENUM = Set.of("values()", "valueOf(String)");
    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private final Class<?> type;
    private final TypeNames names;
    private final boolean isFinal;

    MemberLines(Class<?> type) {
        this.type = type;
        this.names = new TypeNames(type.getPackageName());
        this.isFinal = Modifier.isFinal(type.getModifiers());
    }

    List<String> all() {
        var methods = new TreeMap<String, Method>();
        addMethods(type, methods);
        var lines = new ArrayList<String>();
        reachable(type.getDeclaredConstructors())
                .map(this::constructor)
                .sorted()
                .forEach(lines::add);
        reachable(type.getDeclaredFields()).map(this::field).sorted().forEach(lines::add);
        methods.values().stream().map(this::method).forEach(lines::add);
        return lines;
    }

    private <M extends Member> Stream<M> reachable(M[] declared) {
        return Stream.of(declared)
                .filter(member -> !member.isSynthetic())
                .filter(member -> ApiText.isReachable(member.getModifiers()))
                .filter(member -> !isFinal || Modifier.isPublic(member.getModifiers()));
    }

    private void addMethods(Class<?> declaring, Map<String, Method> found) {
        reachable(declaring.getDeclaredMethods())
                .filter(method -> !isOfAny(signature(method)))
                .forEach(method -> found.putIfAbsent(signature(method), method));
        var superclass = Stream.ofNullable(declaring.getSuperclass());
        Stream.concat(superclass, Stream.of(declaring.getInterfaces()))
                .filter(supertype -> !ApiText.isVisible(supertype))
                .forEach(supertype -> addMethods(supertype, found));
    }

    private boolean isOfAny(String signature) {
        return OF_ANY_OBJECT.contains(signature) || type.isEnum() && OF_ANY_ENUM.contains(signature);
    }

    private String signature(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(names::of)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private String constructor(Constructor<?> constructor) {
        var parameters = parameters(constructor, constructor.getAnnotatedParameterTypes());
        return modifiers(constructor) + typeParameters(constructor) + type.getSimpleName() + parameters;
    }

    private String field(Field field) {
        return modifiers(field) + names.of(field.getAnnotatedType()) + " " + field.getName();
    }

    private String method(Method method) {
        var types = method.getAnnotatedParameterTypes();
        var suspended = resultOfSuspend(method, types);
        var result = suspended == null
                ? names.of(method.getAnnotatedReturnType())
                : "suspend " + names.list(suspended.getAnnotatedLowerBounds());
        var parameters = suspended == null ? types : Arrays.copyOf(types, types.length - 1);
        return modifiers(method)
                + typeParameters(method)
                + result
                + " "
                + method.getName()
                + parameters(method, parameters);
    }

    /** What stands for the result of a suspend function in its last parameter; null if it is an ordinary function. */
    private static AnnotatedWildcardType resultOfSuspend(Method method, AnnotatedType[] types) {
        var raw = method.getParameterTypes();
        return method.getReturnType() == Object.class
                        && raw.length > 0
                        && raw[raw.length - 1].getName().equals(CONTINUATION)
                        && types[raw.length - 1] instanceof AnnotatedParameterizedType continuation
                        && continuation.getAnnotatedActualTypeArguments()[0] instanceof AnnotatedWildcardType result
                ? result
                : null;
    }

    private String modifiers(Member member) {
        var modifiers = member.getModifiers();
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (member instanceof Method method && method.isDefault() ? "default " : "")
                + (Modifier.isFinal(modifiers) && saysSomething(member) ? "final " : "");
    }

    /** A method that is final says something where it could be overridden otherwise. */
    private boolean saysSomething(Member finalMember) {
        return finalMember instanceof Field || !isFinal && !Modifier.isStatic(finalMember.getModifiers());
    }

    private String typeParameters(Executable executable) {
        var declared = names.parameters(executable.getTypeParameters());
        return declared.isEmpty() ? "" : declared + " ";
    }

    private String parameters(Executable executable, AnnotatedType[] types) {
        var list = names.list(types);
        var parameters = executable.isVarArgs() ? list.substring(0, list.length() - 2) + "..." : list;
        var thrown = names.list(executable.getAnnotatedExceptionTypes());
        return "(" + parameters + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }
}
