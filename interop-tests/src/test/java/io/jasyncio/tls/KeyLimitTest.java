package io.jasyncio.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.ChildJvm;
import java.security.Security;
import org.junit.jupiter.api.Test;

/** A key is good for so many bytes, and then the engine takes a new one in the middle of a write, without being asked. */
class KeyLimitTest {

    /** What TLS 1.3 adds to each record with AES-GCM: header, type, tag. */
    private static final int OVERHEAD_BYTES = 5 + 1 + 16;

    private static final int RECORD_BYTES = 16_384;

    /** In a JVM of its own, since the limit is read once. */
    public static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            Security.setProperty("jdk.tls.keyLimits", "AES/GCM/NoPadding KeyUpdate 2^17");
            var data = Conversation.bytes(8 << 20);
            var both = Conversation.of("TLSv1.3").established();
            var before = both.client().sentBytes;
            both.server().onData = received -> both.server().machine.write(received);
            both.client().write(data);
            both.settle(100_000);
            assertArrayEquals(data, both.client().received());
            var withoutNewKeys = data.length + data.length / RECORD_BYTES * OVERHEAD_BYTES;
            var more = both.client().sentBytes - before - withoutNewKeys;
            assertTrue(more > 1_000, more + " bytes about new keys were sent");
            System.out.println("all came back");
        }
    }

    @Test
    void aWriteGoesOnWithNewKeys() throws Exception {
        var output = ChildJvm.of(Main.class).option("-ea", "-Xmx256m").run();
        assertEquals("all came back", output.text());
    }
}
