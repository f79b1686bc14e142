package io.jasyncio.model;

import io.jasyncio.Carrier;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.Carriers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Primitives and queues under random programs: nothing that was handed over is lost, doubled or starved, whoever is cancelled
 * or runs out of time in whatever pass (S80-S96).
 *
 * <p>A failure names the seed, tells what the actors did, and is repeated by {@code -Djasyncio.model.seed=...}. More programs
 * than the few of the build: {@code -Djasyncio.model.programs=100000}, for each kind.
 */
@ExtendWith(AsyncioExtension.class)
class RandomProgramsTest {

    private static final long SEED = Long.getLong("jasyncio.model.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("jasyncio.model.programs", 500);

    /** Bodies that change threads for every step take a hundred times as long. */
    private static final int PROGRAMS_ON_THREADS = Math.max(1, PROGRAMS / 25);

    private static Stream<Series> ofEachKind(List<Face> faces, Carrier carrier, int count) {
        return Stream.of(RandomProgram.Kind.values()).flatMap(kind -> Series.of(kind, faces, carrier, SEED, count));
    }

    static Stream<Series> inStageStyle() {
        return ofEachKind(List.of(Face.STAGE), Carrier.AUTO, PROGRAMS);
    }

    @ParameterizedTest
    @MethodSource
    void inStageStyle(Series programs) throws Exception {
        programs.run();
    }

    static Stream<Series> inKotlin() {
        return ofEachKind(List.of(Face.KOTLIN), Carrier.AUTO, PROGRAMS);
    }

    @ParameterizedTest
    @MethodSource
    void inKotlin(Series programs) throws Exception {
        programs.run();
    }

    static Stream<Series> inDirectStyle() {
        return onEachCarrier(List.of(Face.DIRECT));
    }

    @ParameterizedTest
    @MethodSource
    void inDirectStyle(Series programs) throws Exception {
        programs.run();
    }

    static Stream<Series> inAllStylesTogether() {
        return onEachCarrier(List.of(Face.values()));
    }

    @ParameterizedTest
    @MethodSource
    void inAllStylesTogether(Series programs) throws Exception {
        programs.run();
    }

    private static Stream<Series> onEachCarrier(List<Face> faces) {
        return Carriers.available()
                .flatMap(carrier ->
                        ofEachKind(faces, carrier, carrier == Carrier.LOOP ? PROGRAMS : PROGRAMS_ON_THREADS));
    }
}
