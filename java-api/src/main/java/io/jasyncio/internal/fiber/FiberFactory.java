package io.jasyncio.internal.fiber;

import io.jasyncio.Carrier;
import io.jasyncio.spi.CurrentLoop;
import io.jasyncio.spi.LoopRuntime;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes the fibers of one loop. */
public interface FiberFactory extends AutoCloseable {

    /**
     * Makes a fiber that has not started.
     *
     * @param body what it runs
     */
    Fiber newFiber(FiberBody body);

    /** Lets threads go that wait for the next body. */
    @Override
    void close();

    /**
     * The wanted kind, or the fastest that there is. Called on the loop's thread.
     *
     * @throws IllegalStateException if the wanted kind cannot be had; the message says what it needs
     */
    static FiberFactory choose(LoopRuntime loop, Carrier wanted) {
        // A virtual thread cannot carry another one, so a loop that runs on one takes turns with its bodies.
        var carried = VirtualThreads.isVirtual(Thread.currentThread());
        return switch (wanted) {
            case LOOP -> {
                if (carried || !VirtualThreads.canBeScheduled() || !CurrentLoop.seesCarrier()) {
                    throw new IllegalStateException(
                            "virtual threads that the loop schedules need JDK 24 or newer, the flag " + FLAG
                                    + " and a loop that runs on a platform thread");
                }
                yield new LoopFiberFactory(loop.services().externalWork());
            }
            case VIRTUAL_HANDOFF -> {
                if (!VirtualThreads.exist()) {
                    throw new IllegalStateException("virtual threads need JDK 21 or newer; this is JDK "
                            + Runtime.version().feature());
                }
                yield HandoffFiberFactory.virtual(loop);
            }
            case PLATFORM_HANDOFF -> HandoffFiberFactory.platform(loop);
            case AUTO -> fastest(loop, carried);
        };
    }

    /** The flag that opens the JDK's own way to schedule virtual threads. */
    String FLAG = "--add-opens java.base/java.lang=ALL-UNNAMED";

    private static FiberFactory fastest(LoopRuntime loop, boolean carried) {
        if (!carried && VirtualThreads.canBeScheduled() && CurrentLoop.seesCarrier()) {
            Notice.say(Level.DEBUG, "direct-style tasks run on virtual threads that the loop schedules");
            return new LoopFiberFactory(loop.services().externalWork());
        }
        if (VirtualThreads.exist()) {
            Notice.say(
                    Level.INFO,
                    "direct-style tasks run on virtual threads that take turns with the loop (some 20"
                            + " microseconds for an await). For the fast way, a fraction of a microsecond, use JDK 24 or newer with "
                            + FLAG);
            return HandoffFiberFactory.virtual(loop);
        }
        Notice.say(
                Level.INFO,
                "direct-style tasks run on platform threads that take turns with the loop (some 40"
                        + " microseconds for an await). For the fast way, a fraction of a microsecond, use JDK 24 or newer with "
                        + FLAG);
        return HandoffFiberFactory.platform(loop);
    }

    /** Says once in the life of the process which way was chosen. */
    final class Notice {
        private static final Logger LOG = System.getLogger("io.jasyncio");
        private static final AtomicBoolean SAID = new AtomicBoolean();

        private Notice() {}

        static void say(Level level, String text) {
            if (SAID.compareAndSet(false, true)) {
                LOG.log(level, text);
            }
        }
    }
}
