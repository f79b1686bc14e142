package io.jasyncio.stream;

import io.jasyncio.Carrier;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader gives what a plain text would give (S98-S101), whatever is read and cancelled and however the bytes come; it pauses and
 * goes on by its limit (S97), and keeps no buffer.
 *
 * <p>A failure names the seed and tells what was done. {@code -Djasyncio.model.seed} and {@code -Djasyncio.model.programs} as for the
 * primitives.
 */
@ExtendWith(AsyncioExtension.class)
class ReaderProgramTest {

    private static final long SEED = Long.getLong("jasyncio.model.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("jasyncio.model.programs", 500);

    @ParameterizedTest
    @EnumSource(
            value = ReadFace.class,
            names = {"STAGE", "KOTLIN"})
    void aReaderGivesWhatAPlainTextWouldGive(ReadFace face) throws Exception {
        run(Carrier.AUTO, face, PROGRAMS);
    }

    /** Bodies that change threads for every step take their time. */
    @OnEachCarrier
    void inDirectStyleToo(Carrier carrier) throws Exception {
        run(carrier, ReadFace.DIRECT, Math.max(1, PROGRAMS / 10));
    }

    private static void run(Carrier carrier, ReadFace face, int programs) throws Exception {
        VirtualTime.run(carrier, () -> {
            for (var seed = SEED; seed < SEED + programs; seed++) {
                try {
                    new ReaderProgram(seed, face).run();
                } catch (Throwable failure) {
                    throw new AssertionError(
                            face + ", -Djasyncio.model.seed=" + seed + ": " + failure.getMessage(), failure);
                }
            }
        });
    }
}
