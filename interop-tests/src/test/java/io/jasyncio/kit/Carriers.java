package io.jasyncio.kit;

import io.jasyncio.Carrier;
import io.jasyncio.spi.CurrentLoop;
import java.util.stream.Stream;

/** The carriers of direct-style bodies that this JDK and its flags have; see {@link OnEachCarrier}. */
public final class Carriers {

    private Carriers() {}

    /** All that can be had here, the fastest first. */
    public static Stream<Carrier> available() {
        return Stream.of(Carrier.LOOP, Carrier.VIRTUAL_HANDOFF, Carrier.PLATFORM_HANDOFF)
                .filter(Carriers::isAvailable);
    }

    /** Those with a virtual thread for each body. */
    public static Stream<Carrier> virtual() {
        return available().filter(carrier -> carrier != Carrier.PLATFORM_HANDOFF);
    }

    private static boolean isAvailable(Carrier carrier) {
        var jdk = Runtime.version().feature();
        return switch (carrier) {
            case LOOP -> jdk >= 24 && isJavaLangOpen();
            case VIRTUAL_HANDOFF -> jdk >= 21;
            case PLATFORM_HANDOFF, AUTO -> true;
        };
    }

    private static boolean isJavaLangOpen() {
        return Object.class.getModule().isOpen("java.lang", CurrentLoop.class.getModule());
    }
}
