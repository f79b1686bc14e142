package io.jasyncio;

import java.util.Locale;

/**
 * What a direct-style body runs on. The rules are the same on each; what differs is the price of an await and the JDK.
 */
public enum Carrier {
    /** The fastest that this JDK and its flags allow. */
    AUTO,
    /**
     * A virtual thread that the loop itself schedules. Needs JDK 24 or newer and
     * {@code --add-opens java.base/java.lang=ALL-UNNAMED}; an await costs a fraction of a microsecond.
     */
    LOOP,
    /** A virtual thread of the JDK that takes turns with the loop's thread. Needs JDK 21; an await costs some 20 microseconds. */
    VIRTUAL_HANDOFF,
    /** A pooled platform thread that takes turns with the loop's thread. Works everywhere; an await costs some 40 microseconds. */
    PLATFORM_HANDOFF;

    static Carrier fromSystemProperty() {
        var name = System.getProperty("io.jasyncio.carrier", "auto");
        try {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("the system property io.jasyncio.carrier is '" + name
                    + "'; it can be auto, loop, virtual-handoff or platform-handoff");
        }
    }
}
