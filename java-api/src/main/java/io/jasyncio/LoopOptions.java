package io.jasyncio;

import io.jasyncio.spi.EventLoopProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a loop is made.
 *
 * @param clock where the loop takes its time from
 * @param debug whether the loop checks and remembers more (S129); the system property {@code io.jasyncio.debug} is the default
 * @param carrier what runs direct-style bodies; the system property {@code io.jasyncio.carrier} is the default
 * @param resolver how names of hosts are looked up
 * @param provider the runtime; null for the one on the class path
 */
public record LoopOptions(
        LoopClock clock,
        boolean debug,
        Carrier carrier,
        HostResolver resolver,
        @Nullable EventLoopProvider provider) {

    /** Checks that nothing is missing. */
    public LoopOptions {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(carrier, "carrier");
        Objects.requireNonNull(resolver, "resolver");
    }

    /** The machine's clock, and what the system properties say. */
    public static LoopOptions defaults() {
        return new LoopOptions(
                LoopClock.system(),
                Boolean.getBoolean("io.jasyncio.debug"),
                Carrier.fromSystemProperty(),
                HostResolver.system(),
                null);
    }

    /** These options with another clock. */
    public LoopOptions withClock(LoopClock clock) {
        return new LoopOptions(clock, debug, carrier, resolver, provider);
    }

    /** These options with debug mode on or off. */
    public LoopOptions withDebug(boolean debug) {
        return new LoopOptions(clock, debug, carrier, resolver, provider);
    }

    /** These options with a certain carrier. */
    public LoopOptions withCarrier(Carrier carrier) {
        return new LoopOptions(clock, debug, carrier, resolver, provider);
    }

    /** These options with another way to look up names. */
    public LoopOptions withResolver(HostResolver resolver) {
        return new LoopOptions(clock, debug, carrier, resolver, provider);
    }

    /** These options with a certain runtime. */
    public LoopOptions withProvider(EventLoopProvider provider) {
        return new LoopOptions(clock, debug, carrier, resolver, Objects.requireNonNull(provider, "provider"));
    }
}
