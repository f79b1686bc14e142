package io.jasyncio.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.EventLoop;
import java.util.Arrays;
import java.util.Random;

/** Bytes to send, and readers that take them in fits and starts. */
final class Traffic {

    private Traffic() {}

    static byte[] random(long seed, int count) {
        var bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static void requireEqual(byte[] sent, byte[] received) {
        assertEquals(sent.length, received.length, "so many bytes came");
        assertEquals(-1, Arrays.mismatch(sent, received), "here they differ");
    }

    /** From now on a reader pauses at random pieces, for a random number of passes of the loop. */
    static void pauseAtRandom(Recorder reader, Random random) {
        reader.onData = data -> {
            if (random.nextInt(3) == 0) {
                reader.transport.pauseReading();
                resumeAfter(random.nextInt(20), reader);
            }
        };
    }

    private static void resumeAfter(int passes, Recorder reader) {
        EventLoop.current()
                .callSoon(passes == 0 ? () -> reader.transport.resumeReading() : () -> resumeAfter(passes - 1, reader));
    }
}
