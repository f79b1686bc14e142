package io.jasyncio.spi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Which loop the calling code runs on behalf of.
 *
 * <p>A virtual thread that a loop schedules runs <em>on</em> the loop's thread but is another {@link Thread}, with other
 * thread locals. So the answer is kept with the carrier thread, which the JDK tells when {@code java.lang} is open to us;
 * and where it is not, no loop schedules virtual threads and the plain thread local is enough.
 */
public final class CurrentLoop {

    private static final ThreadLocal<@Nullable LoopRuntime> LOOP = new ThreadLocal<>();
    private static final @Nullable MethodHandle OF_CARRIER = findCarrierAccess();

    private CurrentLoop() {}

    /** The loop on whose behalf this code runs, or null. */
    public static @Nullable LoopRuntime get() {
        if (OF_CARRIER != null) {
            var loop = ofCarrier(OF_CARRIER);
            if (loop != null) {
                return loop;
            }
        }
        return LOOP.get();
    }

    /** Says that from now on this thread runs on behalf of a loop; null ends it. Returns what was there before. */
    public static @Nullable LoopRuntime set(@Nullable LoopRuntime loop) {
        var former = LOOP.get();
        if (loop == null) {
            LOOP.remove();
        } else {
            LOOP.set(loop);
        }
        return former;
    }

    /** Whether a loop can tell that a virtual thread runs on its own thread. */
    public static boolean seesCarrier() {
        return OF_CARRIER != null;
    }

    private static @Nullable LoopRuntime ofCarrier(MethodHandle access) {
        try {
            return (LoopRuntime) access.invokeExact(LOOP);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static @Nullable MethodHandle findCarrierAccess() {
        try {
            return MethodHandles.privateLookupIn(ThreadLocal.class, MethodHandles.lookup())
                    .findVirtual(ThreadLocal.class, "getCarrierThreadLocal", MethodType.methodType(Object.class))
                    .asType(MethodType.methodType(LoopRuntime.class, ThreadLocal.class));
        } catch (ReflectiveOperationException | RuntimeException notOpenOrNotThere) {
            return null;
        }
    }
}
