package examples;

import io.jasyncio.LoopOptions;
import io.jasyncio.VirtualClock;
import io.jasyncio.spi.EventLoopProvider;
import io.jasyncio.spi.LoopRuntime;
import java.util.ServiceLoader;

/**
 * The real runtime on a clock that does not wait. A program that knows nothing of tests gets its loop from here, as from
 * any provider: its {@code main} is run as it stands, and takes a moment.
 */
public final class VirtualTimeProvider implements EventLoopProvider {

    /** The clock of the latest loop. */
    private static VirtualClock latest = new VirtualClock();

    private static boolean realTime;

    /** Makes this the provider of all loops from now on. Before the first loop is made. */
    static void install() {
        System.setProperty("io.jasyncio.provider", VirtualTimeProvider.class.getName());
    }

    /** Whether the loops from now on are on the machine's clock all the same: a network does not wait for a virtual one. */
    static void useRealTime(boolean realTime) {
        VirtualTimeProvider.realTime = realTime;
    }

    static VirtualClock latestClock() {
        return latest;
    }

    @Override
    public LoopRuntime newEventLoop(LoopOptions options) {
        if (realTime) {
            return realProvider().newEventLoop(options);
        }
        latest = new VirtualClock();
        return realProvider().newEventLoop(options.withClock(latest));
    }

    /** The provider of loops on the machine's clock, for programs that talk to a network. */
    public static EventLoopProvider realProvider() {
        return ServiceLoader.load(EventLoopProvider.class).stream()
                .filter(candidate -> candidate.type() != VirtualTimeProvider.class)
                .findAny()
                .orElseThrow()
                .get();
    }
}
