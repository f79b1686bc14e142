package io.jasyncio.conformance;

import io.jasyncio.Carrier;
import io.jasyncio.Coroutine;
import io.jasyncio.Runner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** A way to write programs for the loop, and how a twin that is written this way is run. */
enum Face {

    /** {@code void m(Trace trace) throws Exception}: the main body in direct style, on each carrier that this JVM has. */
    DIRECT("Direct") {
        @Override
        void run(Runner runner, Object twins, Method twin, Trace trace) throws Exception {
            runner.run((Coroutine<?>) () -> call(twin, twins, trace));
        }

        @Override
        List<Carrier> carriers() {
            return AVAILABLE;
        }
    },

    /** {@code CompletionStage<?> m(Trace trace)}: the main body as a chain of stages. */
    STAGE("Stage") {
        @Override
        void run(Runner runner, Object twins, Method twin, Trace trace) throws Exception {
            runner.runStage(() -> firstStage(twin, twins, trace));
        }

        private CompletionStage<Object> firstStage(Method twin, Object twins, Trace trace) {
            return sneaky(() -> stageOf(call(twin, twins, trace)));
        }

        @SuppressWarnings("unchecked")
        private CompletionStage<Object> stageOf(Object returned) {
            return (CompletionStage<Object>) returned;
        }
    },

    /** {@code suspend fun CoroutineScope.m(trace: Trace)}: the main body as a coroutine. */
    KOTLIN("Kotlin") {
        @Override
        void run(Runner runner, Object twins, Method twin, Trace trace) throws Exception {
            SuspendTwin.run(runner, twins, twin, trace);
        }
    };

    private static final List<Carrier> AVAILABLE =
            Arrays.stream(Carrier.values()).filter(Face::isAvailable).toList();

    private final String suffix;

    Face(String suffix) {
        this.suffix = suffix;
    }

    /** Runs a twin as the main body on a loop of its own. */
    abstract void run(Runner runner, Object twins, Method twin, Trace trace) throws Exception;

    /** What a twin of this face has to be tried on. */
    List<Carrier> carriers() {
        return List.of(Carrier.AUTO);
    }

    /** The name of the class with the twins of a group: the group {@code timers} is {@code TimersDirect} here. */
    String classFor(String group) {
        return Face.class.getPackageName() + "." + Character.toUpperCase(group.charAt(0)) + group.substring(1) + suffix;
    }

    /** Calls a twin or the body of one; throws what it throws. */
    static Object call(Method twin, Object twins, Object... arguments) throws Exception {
        try {
            return twin.invoke(twins, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown.getCause();
        }
    }

    /** A supplier of a stage may not throw checked exceptions, but a twin may. */
    static <T> T sneaky(Callable<T> body) {
        try {
            return body.call();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(
                    "a stage-style twin threw a checked exception in place of a stage", failure);
        }
    }

    /** Asks the JVM and not a loop: one that is run while a class is initialised could dead-lock with its bodies. */
    private static boolean isAvailable(Carrier carrier) {
        var jdk = Runtime.version().feature();
        return switch (carrier) {
            case AUTO -> false;
            case LOOP -> jdk >= 24 && Object.class.getModule().isOpen("java.lang", Carrier.class.getModule());
            case VIRTUAL_HANDOFF -> jdk >= 21;
            case PLATFORM_HANDOFF -> true;
        };
    }
}
