package io.jasyncio.internal.fiber;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads as far as this JDK has them. The code is compiled for Java 17, so all of it goes through method handles.
 *
 * <p>A public way to give a virtual thread a scheduler, once a JDK has one, belongs here and goes first.
 */
final class VirtualThreads {

    /** From here on a virtual thread that holds a monitor can be unmounted (JEP 491); before, it would stop the loop. */
    private static final int FIRST_WITHOUT_PINNING = 24;

    private static final @Nullable MethodHandle IS_VIRTUAL = findIsVirtual();
    private static final @Nullable MethodHandle NEW_SCHEDULED = findNewScheduled();

    private static final Executor ORDINARY_SCHEDULER = findOrdinaryScheduler();

    private VirtualThreads() {}

    static boolean exist() {
        return IS_VIRTUAL != null;
    }

    static boolean canBeScheduled() {
        return NEW_SCHEDULED != null;
    }

    static boolean isVirtual(Thread thread) {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A virtual thread, not started, whose every continuation goes to this scheduler. */
    static Thread newScheduled(Executor scheduler, Runnable body) {
        var make = NEW_SCHEDULED;
        if (make == null) {
            throw new IllegalStateException("this JDK does not let a loop schedule virtual threads");
        }
        try {
            return (Thread) make.invokeExact(scheduler, (String) null, 0, body);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What runs the JDK's own virtual threads. */
    static Executor ordinaryScheduler() {
        return ORDINARY_SCHEDULER;
    }

    private static Executor findOrdinaryScheduler() {
        try {
            var type = Class.forName("java.lang.VirtualThread");
            return (Executor) MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findStatic(type, "defaultScheduler", MethodType.methodType(Executor.class))
                    .invoke();
        } catch (Throwable notOpenOrNotThere) {
            // Any platform thread outside of the loop can carry a virtual one.
            return ForkJoinPool.commonPool();
        }
    }

    /** A factory of the JDK's own virtual threads. */
    static ThreadFactory ordinary(String prefix) {
        try {
            var builder = Thread.class.getMethod("ofVirtual").invoke(null);
            var builderType = Class.forName("java.lang.Thread$Builder");
            builder = builderType.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            return (ThreadFactory) builderType.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("virtual threads need JDK 21 or newer", missing);
        }
    }

    private static @Nullable MethodHandle findIsVirtual() {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException missing) {
            return null;
        }
    }

    /**
     * The JDK's own factory of a virtual thread with a scheduler: {@code newVirtualThread(Executor, String, int, Runnable)}
     * of a class that is open to us only if {@code java.lang} is.
     */
    private static @Nullable MethodHandle findNewScheduled() {
        if (Runtime.version().feature() < FIRST_WITHOUT_PINNING) {
            return null;
        }
        try {
            var builders = Class.forName("java.lang.ThreadBuilders");
            return MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
                    .findStatic(
                            builders,
                            "newVirtualThread",
                            MethodType.methodType(
                                    Thread.class, Executor.class, String.class, int.class, Runnable.class));
        } catch (ReflectiveOperationException | RuntimeException notOpenOrNotThere) {
            return null;
        }
    }
}
