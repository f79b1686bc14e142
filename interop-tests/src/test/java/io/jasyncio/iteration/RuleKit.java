package io.jasyncio.iteration;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Runs the test kit of Reactive Streams, which is made for TestNG. */
final class RuleKit {

    /** How long a signal may take that has to come. Some rules wait for all of it, to see that none comes. */
    static final int SIGNAL_MILLIS = 3_000;

    private RuleKit() {}

    private static Stream<Method> methods(Class<?> verification, Class<? extends Annotation> annotation) {
        return Arrays.stream(verification.getMethods()).filter(method -> method.isAnnotationPresent(annotation));
    }

    /** The rules that a verification checks. */
    static Stream<Method> rulesOf(Class<?> verification) {
        return methods(verification, Test.class).sorted(Comparator.comparing(Method::getName));
    }

    /** Checks one rule; what the kit leaves out counts as aborted. */
    static void check(Method rule, Object verification) throws Throwable {
        try {
            callAll(BeforeClass.class, verification);
            callAll(BeforeMethod.class, verification);
            call(rule, verification);
        } finally {
            callAll(AfterClass.class, verification);
        }
    }

    private static void callAll(Class<? extends Annotation> annotation, Object verification) throws Throwable {
        for (var method : methods(verification.getClass(), annotation).toList()) {
            call(method, verification);
        }
    }

    private static void call(Method method, Object verification) throws Throwable {
        try {
            method.invoke(verification);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof SkipException skipped) {
                throw new TestAbortedException(skipped.getMessage(), skipped);
            }
            throw thrown.getCause();
        }
    }
}
